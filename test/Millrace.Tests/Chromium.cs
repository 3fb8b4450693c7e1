using System.Diagnostics;

namespace Millrace.Tests;

/// <summary>Shows a page in a Chromium without a window and without a network.</summary>
static class Chromium
{
    static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    /// <summary>Opens a page; skips the test where there is no Chromium. Gives what the page became, what was said of it, and what was asked of the network.</summary>
    public static async Task<(string Dom, string Log, string Network)> OpenAsync(Action<Stream> write, CancellationToken cancellation)
    {
        var executable = Find();
        var folder = Directory.CreateTempSubdirectory("millrace-page-");
        try
        {
            var page = Path.Combine(folder.FullName, "page.html");
            var network = Path.Combine(folder.FullName, "network.json");
            await using (var file = File.Create(page))
            {
                write(file);
            }

            using var chromium = Process.Start(new ProcessStartInfo(executable,
            [
                "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
                "--disable-sync", "--host-resolver-rules=MAP * ~NOTFOUND", "--enable-logging=stderr", $"--user-data-dir={folder.FullName}/profile",
                $"--log-net-log={network}", "--dump-dom", new Uri(page).AbsoluteUri,
            ])
            { RedirectStandardOutput = true, RedirectStandardError = true })!;
            try
            {
                using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
                timeout.CancelAfter(TimeSpan.FromMinutes(1));
                var dom = chromium.StandardOutput.ReadToEndAsync(timeout.Token);
                var log = chromium.StandardError.ReadToEndAsync(timeout.Token);
                await chromium.WaitForExitAsync(timeout.Token);
                return (await dom, await log, await File.ReadAllTextAsync(network, timeout.Token));
            }
            finally
            {
                chromium.Kill(entireProcessTree: true);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    static string Find()
    {
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .SelectMany(folder => Names.Select(name => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists);
        Assert.SkipWhen(path is null, "No Chromium on the PATH (apt-get install chromium).");
        return path;
    }
}
