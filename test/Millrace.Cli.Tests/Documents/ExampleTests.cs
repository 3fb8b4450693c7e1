namespace Millrace.Cli.Tests.Documents;

/// <summary>Runs what the README and the pages of docs/ show, each document in a folder of its own from its first block to its last.</summary>
public sealed class ExampleTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Documents =>
        [.. Directory.EnumerateFiles(Path.Join(Repository.Root, "docs"), "*.md").Append(Path.Join(Repository.Root, "README.md")).Select(path => Path.GetRelativePath(Repository.Root, path)).Order()];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Documents))]
    public async Task What_a_document_shows_is_what_happens(string document)
    {
        PseudoTerminal.SkipWhereMissing();
        _folder.Write("millrace", $"#!/bin/sh\nexec {string.Join(' ', Executable.In(Executable.Folder).Select(word => $"'{word}'"))} \"$@\"\n");
        File.SetUnixFileMode(Path.Join(_folder.Path, "millrace"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var lines = await File.ReadAllLinesAsync(Path.Join(Repository.Root, document));

        var shown = new List<(ConsoleBlock Block, List<IReadOnlyList<string>> Printed)>();
        foreach (var block in ConsoleBlock.Read(lines))
        {
            shown.Add((block, []));
            foreach (var (command, _) in block.Commands)
            {
                shown[^1].Printed.Add(await RunAsync(command));
            }
        }

        if (Environment.GetEnvironmentVariable("MILLRACE_UPDATE_GOLDEN") == "1")
        {
            await File.WriteAllLinesAsync(Path.Join(Repository.Root, document), Rewrite(lines, shown));
            return;
        }

        foreach (var (block, printed) in shown)
        {
            for (var i = 0; i < printed.Count; i++)
            {
                Assert.True(block.IsShown(i, printed[i]), $"{document}, line {block.FirstLine + 1}: '{block.Commands[i].Command}' prints\n{string.Join('\n', printed[i])}");
            }
        }
    }

    static List<string> Rewrite(string[] lines, List<(ConsoleBlock Block, List<IReadOnlyList<string>> Printed)> shown)
    {
        var rewritten = new List<string>(lines);
        foreach (var (block, printed) in shown.AsEnumerable().Reverse())
        {
            rewritten.RemoveRange(block.FirstLine + 1, block.LineCount);
            rewritten.InsertRange(block.FirstLine + 1, block.WithOutput(printed));
        }

        return rewritten;
    }

    /// <summary>Runs a command in a terminal of its own, where tables are what is printed.</summary>
    async Task<IReadOnlyList<string>> RunAsync(string command)
    {
        var outcome = await PseudoTerminal.RunAsync(command, _folder.Path);

        Assert.True(outcome.Code == 0, $"'{command}' ended with {outcome.Code}:\n{outcome.Output}");
        return [.. outcome.Output.Split('\n')[..^1].Select(AfterProgress)];
    }

    // The line of progress is written over and gone in the end.
    static string AfterProgress(string line) => line[(line.LastIndexOf("\u001b[K", StringComparison.Ordinal) is >= 0 and var end ? end + 3 : 0)..];
}
