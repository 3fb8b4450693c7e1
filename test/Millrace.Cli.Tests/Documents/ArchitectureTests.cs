using System.Text.RegularExpressions;

namespace Millrace.Cli.Tests.Documents;

public sealed partial class ArchitectureTests
{
    /// <summary>What building and trying leaves behind.</summary>
    static readonly string[] Ignored = File.ReadAllLines(Path.Join(Repository.Root, ".gitignore"));

    readonly string _text = File.ReadAllText(Path.Join(Repository.Root, "ARCHITECTURE.md"));

    [Fact]
    public void Every_folder_that_is_named_exists()
    {
        string[] named = [.. FolderName().Matches(_text).Select(match => match.Groups[1].Value).Distinct()];

        Assert.NotEmpty(named);
        Assert.All(named, folder => Assert.True(Directory.Exists(Path.Join(Repository.Root, folder)), $"ARCHITECTURE.md names {folder}, which does not exist."));
    }

    [Fact]
    public void Every_folder_of_the_top_and_of_the_projects_is_named()
    {
        var top = Folders("");
        var inner = Folders("src").SelectMany(Folders);

        Assert.All(top.Concat(Folders("src")).Concat(inner), folder => Assert.Contains($"`{folder}/`", _text));
    }

    [Theory]
    [InlineData("README.md")]
    [InlineData("ARCHITECTURE.md")]
    [InlineData("CONTRIBUTING.md")]
    [InlineData("docs")]
    public void Links_between_documents_lead_somewhere(string document)
    {
        var path = Path.Join(Repository.Root, document);
        foreach (var page in Directory.Exists(path) ? Directory.GetFiles(path, "*.md") : [path])
        {
            foreach (Match link in Link().Matches(File.ReadAllText(page)))
            {
                var target = link.Groups[1].Value;
                Assert.True(Path.Exists(Path.Join(Path.GetDirectoryName(page), target)), $"{Path.GetFileName(page)} links to {target}, which does not exist.");
            }
        }
    }

    [Fact]
    public void Every_format_and_every_report_has_its_row()
    {
        var formats = File.ReadAllText(Path.Join(Repository.Root, "docs/formats.md"));
        var reports = File.ReadAllText(Path.Join(Repository.Root, "docs/reports.md"));

        Assert.All(Golden("formats-list.txt"), name => Assert.Contains($"| `{name}` |", formats));
        Assert.All(Golden("report-list.txt"), name => Assert.Contains($"## {name}", reports));
    }

    static IEnumerable<string> Golden(string name) =>
        File.ReadLines(Path.Join(Repository.Root, "test/Millrace.Cli.Tests/Golden", name)).Select(line => line.Split(' ')[0]);

    static IEnumerable<string> Folders(string parent) => Directory.EnumerateDirectories(Path.Join(Repository.Root, parent))
        .Select(folder => Path.GetRelativePath(Repository.Root, folder))
        .Where(folder => !folder.StartsWith('.') && !Ignored.Contains(Path.GetFileName(folder) + "/"));

    /// <summary>A path between backquotes that ends in a slash.</summary>
    [GeneratedRegex(@"`((?:[\w.-]+/)+)`")]
    private static partial Regex FolderName();

    [GeneratedRegex(@"\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)")]
    private static partial Regex Link();
}
