using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Millrace.Tests.Conventions;

/// <summary>
/// The tables in ARCHITECTURE.md say which projects and which folders of the engine there are, in what order, and what each uses. They are true in both directions: nothing is used that they do
/// not name, and they name nothing that is not used.
/// </summary>
public sealed partial class TreeOrderTests
{
    static readonly string Architecture = File.ReadAllText(Path.Combine(SourceTree.Root, "ARCHITECTURE.md"));
    static readonly Table Folders = Table.Read(Architecture, "folder of the engine");
    static readonly Table Projects = Table.Read(Architecture.Replace("`src/", "", StringComparison.Ordinal).Replace("/`", "", StringComparison.Ordinal), "");

    [Fact]
    public void Every_folder_of_the_engine_has_its_row() => Assert.Equal(Names("src/Millrace").Order(StringComparer.Ordinal), Folders.Rows.Select(row => row.Name).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_project_has_its_row() => Assert.Equal(Names("src").Order(StringComparer.Ordinal), Projects.Rows.Select(row => row.Name).Order(StringComparer.Ordinal));

    [Fact]
    public void What_is_used_stands_before_what_uses_it() => Assert.Empty(Folders.OutOfOrder().Concat(Projects.OutOfOrder()));

    [Fact]
    public void Folders_use_what_the_table_names() => Assert.Empty(Folders.Differences(row => Used(row.Name)));

    [Fact]
    public void Projects_use_what_the_table_names() => Assert.Empty(Projects.Differences(row => References(row.Name)));

    [Fact]
    public void A_use_that_the_table_does_not_name_is_found()
    {
        var table = Table.Read("| folder | uses |\n|---|---|\n| Events | |\n| Sources | Events |\n| Queries | Sources, Reports |\n| Reports | Events |\n", "folder");

        Assert.Equal(["Queries uses Reports, which does not stand before it"], table.OutOfOrder());
        Assert.Equal(
            ["Sources uses Queries, which the table does not name", "Sources does not use Events, which the table names"],
            table.Differences(row => row.Name == "Sources" ? ["Queries"] : row.Uses));
    }

    [Theory]
    [InlineData("using Millrace.Queries.DuckDb;\n")]
    [InlineData("global using static Millrace.Queries.SqlText;\n")]
    [InlineData("var table = Queries.LogTable.ColumnsOf([]);\n")]
    [InlineData("/// <see cref=\"Millrace.Queries.LogTable\"/>\n")]
    public void A_use_is_found_however_it_is_written(string text) => Assert.Equal(["Queries"], Used("Parsing", text));

    [Theory]
    [InlineData("using System.Text;\nusing static Millrace.Parsing.LineOutcome;\n")]
    [InlineData("var queries = reader.Queries.Count; // Reports are written of later\n")]
    public void What_is_no_use_is_not_found(string text) => Assert.Empty(Used("Parsing", text));

    /// <summary>The cloud is an adapter: the engine knows none, and neither it nor the layer above it prints anything.</summary>
    [Fact]
    public void The_engine_knows_no_cloud_and_only_the_command_line_a_console()
    {
        Assert.Empty(SourceTree.Files("Millrace").SelectMany(file => Cloud().Matches(file.Text).Select(found => $"{file.Path}: {found.Value}")));
        Assert.Empty(Projects.Rows.Where(row => row.Name != "Millrace.Cli")
            .SelectMany(row => SourceTree.Files(row.Name)).SelectMany(file => Screen().Matches(file.Text).Select(found => $"{file.Path}: {found.Value}")));
    }

    [Fact]
    public void Only_the_command_line_reads_words() => Assert.Empty(
        Projects.Rows.Where(row => row.Name != "Millrace.Cli").Where(row => Packages(row.Name).Any(package => package is "System.CommandLine" or "Spectre.Console")).Select(row => row.Name));

    [Theory]
    [InlineData("Console.Error.WriteLine(1);")]
    [InlineData("using Spectre.Console;")]
    public void A_console_is_found(string text) => Assert.Matches(Screen(), text);

    static IEnumerable<string> Names(string folder) => Directory.GetDirectories(Path.Combine(SourceTree.Root, folder)).Select(path => Path.GetFileName(path)!).Where(name => name is not ("bin" or "obj"));

    static List<string> Used(string folder) => [.. SourceTree.Files("Millrace", folder).SelectMany(file => Used(folder, file.Text)).Distinct()];

    static List<string> Used(string folder, string text) =>
        [.. Use().Matches(text).Select(use => use.Groups["folder"].Value).Where(used => used != folder && Folders.Rows.Any(row => row.Name == used)).Distinct()];

    static List<string> References(string project) => [.. Included(project, "ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path))];

    static IEnumerable<string> Packages(string project) => Included(project, "PackageReference");

    static IEnumerable<string> Included(string project, string element) =>
        XDocument.Load(Path.Combine(SourceTree.Root, "src", project, project + ".csproj")).Descendants(element).Select(one => one.Attribute("Include")!.Value);

    // Namespaces named whole, and those named from within Millrace by their last part and a type.
    [GeneratedRegex(@"\bMillrace\.(?<folder>[A-Z]\w+)|(?<![.\w])(?<folder>[A-Z]\w+)\.[A-Z]\w+[.(]")]
    private static partial Regex Use();

    [GeneratedRegex(@"\b(Amazon\.\w+|Microsoft\.AspNetCore\b)")]
    private static partial Regex Cloud();

    [GeneratedRegex(@"\b(Spectre\.Console\b|Console\.\w+)")]
    private static partial Regex Screen();

    sealed record Row(string Name, IReadOnlyList<string> Uses);

    sealed record Table(IReadOnlyList<Row> Rows)
    {
        /// <summary>The table whose first column has a heading.</summary>
        public static Table Read(string text, string heading)
        {
            var lines = text.Split('\n').SkipWhile(line => !line.StartsWith($"| {heading}{(heading.Length > 0 ? " " : "")}| uses |", StringComparison.Ordinal)).Skip(2).TakeWhile(line => line.StartsWith('|')).ToList();
            Assert.NotEmpty(lines);
            return new Table([.. lines.Select(line => line.Split('|')).Select(cells => new Row(cells[1].Trim(), NamesIn(cells[2])))]);
        }

        public IEnumerable<string> OutOfOrder() => Rows.SelectMany((row, i) => row.Uses.Except(Rows.Take(i).Select(before => before.Name)).Select(used => $"{row.Name} uses {used}, which does not stand before it"));

        public IEnumerable<string> Differences(Func<Row, IReadOnlyList<string>> used) => Rows.SelectMany(row =>
            used(row).Except(row.Uses).Select(other => $"{row.Name} uses {other}, which the table does not name")
                .Concat(row.Uses.Except(used(row)).Select(other => $"{row.Name} does not use {other}, which the table names")));

        static string[] NamesIn(string cell) => [.. cell.Split(',').Select(name => name.Trim()).Where(name => name.Length > 0 && char.IsUpper(name[0]))];
    }
}
