using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Millrace.Reports.Layout;

namespace Millrace.Reports;

/// <summary>
/// A call graph as one HTML file that needs nothing else: no network, and no scripts to be readable. Names from logs are escaped everywhere, and the page's
/// own policy forbids every script but its own and every request.
/// </summary>
public static partial class CallGraphPage
{
    /// <summary>Writes the page as UTF-8 and leaves the stream open. The same graph and info always give the same bytes.</summary>
    public static void Write(CallGraph graph, PageInfo info, Stream destination)
    {
        var script = Resource("call-graph.js");
        var layout = GraphLayout.Of(graph);
        var parts = new Dictionary<string, Markup>
        {
            ["title"] = Text(info.Title),
            ["range"] = Range(info.Since, info.Until),
            ["source"] = Text(info.Source),
            ["totals"] = Totals(graph, info),
            ["legend"] = CallGraphLegend.Draw(graph),
            ["graph"] = graph.Nodes.Count == 0 ? Nothing() : CallGraphDrawing.Draw(layout),
            ["tables"] = Tables(graph, info),
            ["data"] = new Markup().AddTrusted(CallGraphFigures.Json(graph)),
            ["style"] = new Markup().AddTrusted(Resource("call-graph.css")),
            ["script"] = new Markup().AddTrusted(script),
            ["script-hash"] = new Markup().AddTrusted("sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script)))),
        };
        var page = Placeholder().Replace(Resource("call-graph.html"), match => parts[match.Groups[1].Value].ToString());
        destination.Write(Encoding.UTF8.GetBytes(page));
    }

    [GeneratedRegex(@"\{\{([a-z-]+)\}\}")]
    private static partial Regex Placeholder();

    static Markup Text(string text) => new Markup().Add($"{text}");

    static Markup Range(DateTimeOffset? since, DateTimeOffset? until) => (since, until) switch
    {
        ({ } first, { } last) => new Markup().Add($"<strong>{Moment(first)}</strong> to <strong>{Moment(last)}</strong> UTC"),
        ({ } first, null) => new Markup().Add($"Since <strong>{Moment(first)}</strong> UTC"),
        (null, { } last) => new Markup().Add($"Until <strong>{Moment(last)}</strong> UTC"),
        _ => new Markup().Add($"All events"),
    };

    static string Moment(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString(moment.UtcDateTime.Second == 0 ? "d MMM yyyy HH:mm" : "d MMM yyyy HH:mm:ss", CultureInfo.InvariantCulture);

    static Markup Totals(CallGraph graph, PageInfo info)
    {
        var requests = graph.Edges.Sum(edge => edge.TotalRequests);
        var judged = graph.Edges.Where(edge => edge.Errors is not null).ToList();
        var errorShare = judged.Count == 0 ? null : Shares.Of(judged.Sum(edge => edge.Errors), judged.Sum(edge => edge.TotalRequests));
        var totals = new Markup().Add($"    <div><dt>Requests</dt><dd>{Figures.Count(requests)}</dd></div>\n");
        if (errorShare is { } share)
        {
            totals.Add($"    <div class=\"{ErrorLevels.Of(share).CssClass()}\"><dt>Errors</dt><dd>{Figures.Share(share)}</dd></div>\n");
        }

        return totals
            .Add($"    <div><dt>Services</dt><dd>{graph.Nodes.Count(node => !node.IsExternal)}</dd></div>\n")
            .AddEach(info.Totals, (into, total) => into.Add($"    <div><dt>{total.Label}</dt><dd>{total.Value}</dd></div>\n"));
    }

    static Markup Nothing() => new Markup().Add($"<p class=\"nothing\"><strong>No calls between services</strong>No event in this range names both a caller and a service.</p>\n");

    static Markup Tables(CallGraph graph, PageInfo info)
    {
        var tables = new Markup();
        foreach (var table in CallTables.Of(graph).Concat(info.Tables))
        {
            FigureTable.Draw(tables, table, rowsAreEdges: table.Title == CallTables.CallsTitle);
        }

        return tables;
    }

    static string Resource(string name)
    {
        using var stream = typeof(CallGraphPage).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The page's file {name} is not in the assembly.");
        return new StreamReader(stream, Encoding.UTF8).ReadToEnd().ReplaceLineEndings("\n");
    }
}
