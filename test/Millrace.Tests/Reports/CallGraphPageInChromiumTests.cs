using System.Diagnostics;
using Millrace.Reports;

namespace Millrace.Tests.Reports;

public sealed class CallGraphPageInChromiumTests
{
    static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    [Fact]
    public async Task Script_runs_and_nothing_is_refused_or_requested()
    {
        var name = "<img src=http://refused.test/x.png>";
        var graph = new CallGraph([.. Some.Graph().Edges, Some.Edge("gateway", name, 5, 1, 2)]);

        var (dom, log, network) = await OpenAsync(graph, TestContext.Current.CancellationToken);

        Assert.Contains("data-ready=\"true\"", dom);
        Assert.Contains("<button type=\"button\">Requests</button>", dom);
        Assert.DoesNotContain("CONSOLE", log);
        Assert.DoesNotContain("refused.test", network);
    }

    static async Task<(string Dom, string Log, string Network)> OpenAsync(CallGraph graph, CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("millrace-page-");
        try
        {
            var page = Path.Combine(folder.FullName, "page.html");
            var network = Path.Combine(folder.FullName, "network.json");
            await using (var file = File.Create(page))
            {
                CallGraphPage.Write(graph, Some.Info, file);
            }

            using var chromium = Process.Start(new ProcessStartInfo(Chromium(),
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

    static string Chromium()
    {
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .SelectMany(folder => Names.Select(name => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists);
        Assert.SkipWhen(path is null, "No Chromium on the PATH (apt-get install chromium).");
        return path;
    }
}
