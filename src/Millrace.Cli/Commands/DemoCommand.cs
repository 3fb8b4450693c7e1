using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Millrace.Cli.Output;
using Millrace.Events;
using Millrace.Generation;
using Millrace.Queries;
using Millrace.Reports;
using Millrace.Sources;

namespace Millrace.Cli.Commands;

/// <summary><c>millrace demo</c>: the whole product on generated data.</summary>
static class DemoCommand
{
    const int MostEndpoints = 12;
    const int MostEndpointsOnPage = 40;

    /// <summary>The command.</summary>
    public static Command Create(CommandConsole console)
    {
        var directory = new Option<string>("--dir") { Description = "Where the logs and the page go", DefaultValueFactory = _ => "millrace-demo" };
        var count = new Option<long>("--count") { Description = "Events to generate", DefaultValueFactory = _ => 1_000_000 };
        var asOf = new Option<string?>("--as-of") { Description = "The end of the day that is generated; now where missing" };
        var command = new Command("demo", "See it work: a day of generated traffic between seven services, three reports, and the call graph as a page.") { directory, count, asOf };
        command.SetAction((parsed, _) =>
        {
            var now = TimeProvider.System.GetUtcNow();
            var end = parsed.GetValue(asOf) is { } text ? InstantText.Parse(text, "--as-of", now: now, isEnd: true) : now;
            return RunAsync(parsed.GetValue(directory)!, parsed.GetValue(count), end, console.Stop);
        });
        return command;
    }

    static async Task<int> RunAsync(string directory, long count, DateTimeOffset asOf, CancellationToken stop)
    {
        using var stdout = new StandardOutput();
        using var writer = new StreamWriter(stdout) { NewLine = "\n", AutoFlush = true };
        var logs = Path.Join(directory, "logs");
        var profile = DemoTraffic.Profile(asOf, count);
        var time = Stopwatch.StartNew();
        var generated = await DemoTraffic.WriteAsync(logs, profile, progress: null, stop).ConfigureAwait(false);
        writer.WriteLine(Text($"A day of traffic between seven services: {generated.Lines:N0} lines, {generated.Bytes / 1e6:N0} MB in {generated.Files} files, generated in {Seconds(time)}."));

        using var session = new QuerySession(new QueryOptions
        {
            Sources = new SourceResolver(Console.OpenStandardInput),
            Since = profile.Start,
            Until = profile.End,
            AsOf = asOf,
            Warn = CommandConsole.Say,
            CancellationToken = stop,
        });
        var runner = new ReportRunner(session);
        var tables = new List<PageTable>();
        IReadOnlyList<CallEdge> edges = [];
        foreach (var (report, rows) in new[] { (ReportTable.Traffic, 100), (ReportTable.Status, 100), (ReportTable.Endpoints, MostEndpoints) })
        {
            time.Restart();
            var result = runner.Run(new ReportRequest(report, [logs]));
            var took = Seconds(time);
            Print(session, result, rows, stdout, writer, Text($"\nmillrace report {report.Name} {logs}   ({took})\n"));
            if (report == ReportTable.Traffic)
            {
                edges = CallGraphReader.Edges(result);
            }
            else
            {
                tables.Add(PageTables.Of(report == ReportTable.Status ? "Status codes" : "Endpoints", result, MostEndpointsOnPage));
            }
        }

        var path = Path.Join(directory, "call-graph.html");
        await using var page = Destination.Create(path, store: null);
        var totals = new[] { new PageTotal("Lines read", generated.Lines.ToString("N0", CultureInfo.InvariantCulture)) };
        CallGraphPage.Write(new CallGraph(edges), new PageInfo("Calls between services", profile.Start, profile.End, logs, totals, tables), page.Stream);
        await page.CommitAsync(stop).ConfigureAwait(false);
        writer.WriteLine($"\nThe call graph is in {path}: open it in a browser.");
        writer.WriteLine($"Ask something else: ./millrace sql \"SELECT message, count(*) FROM logs('{logs}') WHERE level = 'ERROR' GROUP BY 1 ORDER BY 2 DESC LIMIT 10\"");
        return 0;
    }

    static void Print(QuerySession session, ReportResult result, int most, Stream stdout, StreamWriter writer, string heading)
    {
        writer.WriteLine(heading);
        using var rows = session.Execute($"{result.Sql} LIMIT {most.ToString(CultureInfo.InvariantCulture)}");
        ResultPrinter.Print(rows, OutputKind.Table, stdout, TableView.Whole with { Width = Terminal.Own().Width });
    }

    static string Seconds(Stopwatch time) => Text($"{time.Elapsed.TotalSeconds:0.00} s");

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
