using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Millrace.Reports;

namespace Millrace.Tests.Reports;

public sealed partial class CallGraphPageTests
{
    static readonly string[] Hostile =
    [
        "<script>alert(1)</script>", "</script><img src=x onerror=alert(1)>", "\"'&{{script}}", "<!--<script>", "a\u0000b\u202e\ud800", "</title></style>",
    ];

    [Fact]
    public void Small_graph_reads_as_expected()
    {
        var page = StyleAndScript().Replace(Page(Some.Graph(), Some.Info), "$1…$2");

        Golden.Matches("Reports/Golden/call-graph.html", ScriptHash().Replace(page, "sha256-…"));
    }

    [Fact]
    public void Same_graph_gives_the_same_bytes()
    {
        Assert.Equal(Page(Some.Graph(40, 90, seed: 4), Some.Info), Page(Some.Graph(40, 90, seed: 4), Some.Info));
    }

    [Fact]
    public void Names_cannot_become_markup()
    {
        var graph = new CallGraph(Hostile.Select(name => Some.Edge(name, name + "2", 10, 1, 1)));
        var info = Some.Info with
        {
            Title = Hostile[0],
            Source = Hostile[1],
            Totals = [.. Hostile.Select(text => new PageTotal(text, text))],
            Tables = [new(Hostile[5], [new(Hostile[3], FigureKind.Text)], [[Hostile[0]]])],
        };

        var page = Page(graph, info);

        Assert.Equal(2, Regex.Count(page, "<script"));
        Assert.Equal(2, Regex.Count(page, "</script>"));
        Assert.Equal(1, Regex.Count(page, "</style>"));
        Assert.DoesNotContain("<img", page);
        Assert.DoesNotContain("<!--", page);
        Assert.DoesNotContain('\0', page);
    }

    [Fact]
    public void Policy_allows_the_pages_own_script_and_no_request()
    {
        var page = Page(Some.Graph(), Some.Info);

        var script = Regex.Match(page, "<script>(.*?)</script>", RegexOptions.Singleline).Groups[1].Value;
        var hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script)));

        Assert.Contains($"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{hash}'; img-src data:;", page);
        Assert.DoesNotMatch(@"(src|href)=""?(https?:|//)|url\(|@import|fetch\(|XMLHttp", page);
    }

    [Fact]
    public void Page_without_data_is_small()
    {
        Assert.InRange(Page(new CallGraph([]), Some.Info with { Totals = [], Tables = [] }).Length, 1, 60_000);
    }

    [Fact]
    public void Graph_without_calls_says_so()
    {
        Assert.Contains("No calls between services", Page(new CallGraph([]), Some.Info));
    }

    [Fact]
    public void Columns_that_no_call_has_a_value_for_are_left_out()
    {
        var page = Page(new CallGraph([Some.Edge("a", "b")]), Some.Info with { Tables = [] });

        Assert.Equal(["Caller", "Service", "Requests"], Regex.Matches(page, "<th [^>]*>([^<]*)</th>").Select(match => match.Groups[1].Value));
    }

    [Fact]
    public void Every_call_is_in_the_table_without_a_script()
    {
        var graph = Some.Graph(200, 500, seed: 5);

        Assert.Equal(500, Regex.Count(Page(graph, Some.Info), "<tr data-edge="));
    }

    static string Page(CallGraph graph, PageInfo info)
    {
        using var stream = new MemoryStream();
        CallGraphPage.Write(graph, info, stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    [GeneratedRegex("(<style>|<script>).*?(</style>|</script>)", RegexOptions.Singleline)]
    private static partial Regex StyleAndScript();

    [GeneratedRegex("sha256-[^']*")]
    private static partial Regex ScriptHash();
}
