using System.Diagnostics;
using System.Text.Json;

namespace Millrace.Cli.Tests;

/// <summary>ClickHouse in a process of its own (chdb), as a reader that knows nothing of Millrace.</summary>
static class ClickHouse
{
    static readonly string Engine = Path.Join(Repository.Root, "test/stand-ins/node_modules/chdb");

    public static void Require() => Assert.SkipUnless(Directory.Exists(Engine), "ClickHouse (chdb) is not installed in test/stand-ins.");

    /// <summary>Runs statements one after the other in a folder for its data, and gives the answer of the last as CSV.</summary>
    public static async Task<string> AskAsync(string folder, params string[] statements)
    {
        var script = $$"""
            const { Session } = require({{JsonSerializer.Serialize(Engine)}});
            process.chdir('/');
            const session = new Session(process.argv[1]);
            let answer = '';
            for (const statement of process.argv.slice(2)) answer = session.query(statement, 'CSV');
            process.stdout.write(answer);
            """;
        using var node = Process.Start(new ProcessStartInfo("node", ["-e", script, folder, .. statements]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = node.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var answer = await node.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await node.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(node.ExitCode == 0, await errors);
        return answer.Trim();
    }

    /// <summary>Asks the same again and again until <paramref name="work"/> is done, which begins after the first answer. Gives every answer, in their order.</summary>
    public static async Task<IReadOnlyList<string>> AskWhileAsync(string folder, string statement, Func<Task> work)
    {
        var script = $$"""
            const { Session } = require({{JsonSerializer.Serialize(Engine)}});
            process.chdir('/');
            const session = new Session(process.argv[1]);
            let ends = false;
            process.stdin.on('end', () => ends = true).resume();
            const ask = () => {
              process.stdout.write(session.query(process.argv[2], 'CSV').trim() + '\n');
              if (!ends) setTimeout(ask, 5);
            };
            ask();
            """;
        using var node = Process.Start(new ProcessStartInfo("node", ["-e", script, folder, statement]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = node.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var answers = new List<string>();
        if (await node.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } first)
        {
            answers.Add(first);
        }

        var rest = node.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        try
        {
            await work();
        }
        finally
        {
            node.StandardInput.Close();
        }

        answers.AddRange((await rest).Split('\n', StringSplitOptions.RemoveEmptyEntries));
        await node.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(node.ExitCode == 0, await errors);
        return answers;
    }
}
