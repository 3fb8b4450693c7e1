using System.Text.RegularExpressions;

namespace Millrace.Tests.Conventions;

/// <summary>The engine's folders follow the data: each uses what lies upstream of it, never downstream.</summary>
public sealed partial class TreeOrderTests
{
    /// <summary>What each folder may use besides itself.</summary>
    static readonly Dictionary<string, string[]> Upstream = new()
    {
        ["Events"] = [],
        ["Intake"] = [],
        ["Sources"] = ["Events", "Intake"],
        ["Parsing"] = ["Events", "Sources"],
        ["Queries"] = ["Events", "Sources", "Parsing"],
        ["Reports"] = ["Events", "Sources", "Parsing", "Queries"],
        ["Errors"] = ["Events", "Sources", "Parsing", "Queries", "Reports", "Lake"],
        ["Search"] = ["Events", "Sources", "Parsing", "Queries"],
        ["Lake"] = ["Events", "Intake", "Sources", "Parsing", "Queries", "Reports"],
        ["Letters"] = ["Events", "Sources", "Parsing", "Queries", "Reports", "Errors", "Search"],
        ["Schedules"] = ["Events"],
        ["Generation"] = ["Events", "Sources"],
    };

    [Fact]
    public void Every_folder_of_the_engine_has_its_place()
    {
        var folders = Directory.GetDirectories(Path.Combine(SourceTree.Root, "src", "Millrace")).Select(path => Path.GetFileName(path)!).Where(name => name is not ("bin" or "obj"));

        Assert.Equal(Upstream.Keys.Order(StringComparer.Ordinal), folders.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Folders_use_what_lies_upstream_alone() =>
        Assert.Empty(Upstream.Keys.SelectMany(folder => SourceTree.Files("Millrace", folder).SelectMany(file => Downstream(folder, file.Path, file.Text))));

    [Theory]
    [InlineData("using Millrace.Queries.DuckDb;\n")]
    [InlineData("global using static Millrace.Reports.Figures;\n")]
    [InlineData("var table = Queries.LogTable.ColumnsOf([]);\n")]
    [InlineData("/// <see cref=\"Millrace.Generation.LogKind\"/>\n")]
    public void A_use_of_what_lies_downstream_is_found(string text) => Assert.Single(Downstream("Parsing", "Some.cs", text));

    [Theory]
    [InlineData("using Millrace.Events;\nusing Millrace.Parsing.Lines;\nusing static Millrace.Events.EventColumn;\n")]
    [InlineData("var queries = reader.Queries.Count; // Reports are written of later\n")]
    public void A_use_of_what_lies_upstream_is_none(string text) => Assert.Empty(Downstream("Parsing", "Some.cs", text));

    /// <summary>The cloud is an adapter: the engine knows none, and prints nothing.</summary>
    [Fact]
    public void The_engine_knows_no_cloud_and_no_console() => Assert.Empty(
        SourceTree.Files("Millrace").SelectMany(file => Outside().Matches(file.Text).Select(found => $"{file.Path}: {found.Value}")));

    static IEnumerable<string> Downstream(string folder, string path, string text) => Use().Matches(text)
        .Select(use => use.Groups["folder"].Value)
        .Where(used => Upstream.ContainsKey(used) && used != folder && !Upstream[folder].Contains(used))
        .Distinct()
        .Select(used => $"{path} uses {used}");

    // Namespaces named whole, and those named from within Millrace by their last part and a type.
    [GeneratedRegex(@"\bMillrace\.(?<folder>[A-Z]\w+)|(?<![.\w])(?<folder>[A-Z]\w+)\.[A-Z]\w+[.(]")]
    private static partial Regex Use();

    [GeneratedRegex(@"\b(Amazon\.\w+|Microsoft\.AspNetCore\b|Spectre\.Console\b|Console\.\w+)")]
    private static partial Regex Outside();
}
