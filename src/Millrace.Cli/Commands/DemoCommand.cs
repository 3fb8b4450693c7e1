using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Millrace.App.Reading;
using Millrace.App.Requests;
using Millrace.App.Runs;
using Millrace.Cli.Help;
using Millrace.Cli.Output;
using Millrace.Events;
using Millrace.Generation;
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
        var asOf = new Option<string?>("--as-of") { Description = "The end of the traffic that is generated; now where missing" };
        var command = new ExampledCommand("demo", "See it work: generated traffic between seven services, three reports, and the call graph as a page.") { directory, count, asOf };
        command.SetAction((parsed, _) =>
        {
            var now = TimeProvider.System.GetUtcNow();
            var end = parsed.GetValue(asOf) is { } text ? InstantText.Parse(text, "--as-of", now: now, isEnd: true) : now;
            return RunAsync(new CommandRun(console, App.Settings.None, isVerbose: false), parsed.GetValue(directory)!, parsed.GetValue(count), end);
        });
        return command.WithExamples("millrace demo");
    }

    static async Task<int> RunAsync(CommandRun run, string directory, long count, DateTimeOffset asOf)
    {
        await using var closing = run;
        using var stdout = new StandardOutput();
        using var writer = new StreamWriter(stdout) { NewLine = "\n", AutoFlush = true };
        var logs = Path.Join(directory, "logs");
        var profile = DemoTraffic.Profile(asOf, count);
        var time = Stopwatch.StartNew();
        var generated = await DemoTraffic.WriteAsync(logs, profile, progress: null, run.Stop).ConfigureAwait(false);
        writer.WriteLine(Text($"{DemoTraffic.Length.TotalHours:0} hours of traffic between seven services: {generated.Lines:N0} lines, {generated.Bytes / 1e6:N0} MB in {generated.Files} files, generated in {Seconds(time)}."));

        await using var page = Destination.Create(Path.Join(directory, "call-graph.html"), store: null);
        var tables = new List<PageTable>();
        IReadOnlyList<CallEdge> edges = [];
        foreach (var (report, rows) in new[] { (ReportTable.Traffic, 100), (ReportTable.Status, 100), (ReportTable.Endpoints, MostEndpoints) })
        {
            time.Restart();
            var request = new ReportRequest(report) { Limit = rows, Reading = new ReadingRequest { Sources = [logs], AsOf = InstantText.Format(asOf) } };
            await using var outcome = (ReportOutcome)await run.Workplace.RunAsync(request, RunListener.None, run.Stop).ConfigureAwait(false);
            writer.WriteLine(Text($"\nmillrace report {report.Name} {logs}   ({Seconds(time)})\n"));
            OutcomePrinter.Print(outcome, new OutputChoice(OutputKind.Table, null), stdout);
            if (report == ReportTable.Traffic)
            {
                edges = outcome.Edges();
            }
            else
            {
                tables.Add(PageTables.Of(report == ReportTable.Status ? "Status codes" : "Endpoints", outcome.Found, MostEndpointsOnPage));
            }
        }

        var totals = new[] { new PageTotal("Lines read", generated.Lines.ToString("N0", CultureInfo.InvariantCulture)) };
        CallGraphPage.Write(new CallGraph(edges), new PageInfo("Calls between services", profile.Start, profile.End, logs, totals, tables), page.Stream);
        await page.CommitAsync(run.Stop).ConfigureAwait(false);
        writer.WriteLine($"\nThe call graph is in {Path.Join(directory, "call-graph.html")}: open it in a browser.");
        writer.WriteLine($"Ask something else: ./millrace sql \"SELECT message, count(*) FROM logs('{logs}') WHERE level = 'ERROR' GROUP BY 1 ORDER BY 2 DESC LIMIT 10\"");
        return 0;
    }

    static string Seconds(Stopwatch time) => Text($"{time.Elapsed.TotalSeconds:0.00} s");

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
