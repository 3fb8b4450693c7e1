using System.Diagnostics;
using System.Text;

namespace Millrace.Cli.Tests;

/// <summary>The real executable, run as a process of its own.</summary>
static class Executable
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>The settings of AWS's own tools; without them there are no credentials.</summary>
    static readonly string[] CredentialSettings =
    [
        "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_PROFILE", "AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_S3",
        "AWS_ENDPOINT_URL_DYNAMODB", "AWS_ENDPOINT_URL_SESV2", "AWS_ENDPOINT_URL_STS", "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_CONTAINER_CREDENTIALS_FULL_URI", "AWS_ROLE_ARN", "AWS_CONFIG_FILE",
        "AWS_SHARED_CREDENTIALS_FILE",
    ];

    /// <summary>The folder that holds the whole program: what <c>MILLRACE_PROGRAM</c> names (the native executable, say), or else the build of these tests.</summary>
    public static string Folder { get; } = Environment.GetEnvironmentVariable("MILLRACE_PROGRAM") is { Length: > 0 } folder
        ? Path.GetFullPath(folder, Repository.Root)
        : Path.Join(Repository.Root, "artifacts/bin/Millrace.Cli", IsRelease() ? "release" : "debug");

    /// <summary>What starts the program in a folder: the runtime with it, or itself.</summary>
    public static IReadOnlyList<string> In(string folder) => Path.Join(folder, "millrace.dll") is var library && File.Exists(library) ? ["dotnet", library] : [Path.Join(folder, "millrace")];

    /// <summary>Runs a command line to its end. Words are parted at spaces; what holds spaces is given as <paramref name="more"/>.</summary>
    public static Task<Outcome> RunAsync(string words, params string[] more) => RunAsync(new Invocation([.. words.Split(' ', StringSplitOptions.RemoveEmptyEntries), .. more]));

    /// <summary>Runs a command line to its end.</summary>
    public static async Task<Outcome> RunAsync(Invocation invocation)
    {
        using var process = Start(invocation);
        return await FinishAsync(process);
    }

    /// <summary>Starts a command line whose standard input, output and errors are the caller's.</summary>
    public static Process Start(Invocation invocation)
    {
        var start = new ProcessStartInfo(invocation.Words[0], invocation.Words.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = new UTF8Encoding(false),
            StandardErrorEncoding = new UTF8Encoding(false),
            WorkingDirectory = invocation.Folder ?? "",
        };
        foreach (var name in CredentialSettings)
        {
            start.Environment.Remove(name);
        }

        // Sockets of the runtime's diagnostics would lie among what a test looks for.
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        start.Environment["AWS_EC2_METADATA_DISABLED"] = "true";
        foreach (var (name, value) in invocation.Environment)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        if (invocation.Input is { } input)
        {
            process.StandardInput.BaseStream.Write(input);
        }

        if (!invocation.KeepsInputOpen)
        {
            process.StandardInput.Close();
        }

        return process;
    }

    /// <summary>Waits for the end of a process and gives what it wrote.</summary>
    public static async Task<Outcome> FinishAsync(Process process)
    {
        using var timeout = new CancellationTokenSource(Patience);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(timeout.Token);
            var errors = process.StandardError.ReadToEndAsync(timeout.Token);
            await process.WaitForExitAsync(timeout.Token);
            return new Outcome(process.ExitCode, await output, await errors);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    static bool IsRelease() => AppContext.BaseDirectory.Contains("release", StringComparison.OrdinalIgnoreCase);
}
