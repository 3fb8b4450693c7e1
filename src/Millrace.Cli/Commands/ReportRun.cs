using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Millrace.Cli.Output;
using Millrace.Events;
using Millrace.Reports;
using Millrace.Sources;

namespace Millrace.Cli.Commands;

/// <summary>One run of a report: its range, its result, and, where there is none, why.</summary>
sealed class ReportRun(Reading reading, OutputChoice output, ReportRequest request, TrafficExtras extras, int? limit)
{
    static readonly TimeSpan DefaultRange = TimeSpan.FromHours(24);

    readonly Reading _reading = reading with
    {
        Since = reading.Since ?? (reading.Until ?? reading.AsOf) - DefaultRange,
        Until = reading.Until ?? reading.AsOf,
    };

    /// <summary>Whom the report is mailed to; null where it is not.</summary>
    public ReportMailing? Mail { get; init; }

    /// <summary>Runs the report and writes what it found.</summary>
    public async Task<int> RunAsync()
    {
        if (output.Kind == OutputKind.NodeGraph && request.Report != ReportTable.Traffic)
        {
            throw new UserException("Only 'report traffic' can be written as node-graph.", UserException.Usage);
        }

        var choice = ReportPath.In(output, request.Report.Name, request.By, _reading.Since!.Value, _reading.Until!.Value);
        await using var run = _reading.Open();
        var asked = await FromLakeAsync(ReportPath.IsDirectory(output) ? request with { RunId = RunId() } : request, run).ConfigureAwait(false);
        var runner = new ReportRunner(run.Session);
        var metrics = extras.ShowsMetrics ? CallGraphReader.Metrics(runner.Run(await MetricsAsync(run).ConfigureAwait(false))) : null;
        var result = runner.Run(asked);
        await using var page = extras.Html is { } path ? Destination.Create(path, run.Store) : null;
        if (page is not null)
        {
            WritePage(page.Stream, result, metrics);
        }

        var code = await DeliverAsync(run, choice, result, metrics).ConfigureAwait(false);
        if (page is not null)
        {
            await page.CommitAsync(_reading.Stop).ConfigureAwait(false);
            CommandConsole.Say($"The call graph is in {extras.Html}.");
        }

        if (result.IsEmpty())
        {
            TellWhyEmpty(runner, asked.Table);
        }

        return code;
    }

    /// <summary>A mail takes the place of standard output, not of <c>--out</c>.</summary>
    async Task<int> DeliverAsync(QueryRun run, OutputChoice choice, ReportResult result, IReadOnlyDictionary<string, IReadOnlyList<NodeMetric>>? metrics)
    {
        if (Mail is null || choice.Path is not null)
        {
            await WriteAsync(run, choice, result, metrics).ConfigureAwait(false);
        }
        else
        {
            await run.FinishAsync().ConfigureAwait(false);
        }

        if (Mail is not null)
        {
            using var rows = run.Session.Execute(Limited(result));
            await Mail.SendAsync(request.Report, _reading, rows).ConfigureAwait(false);
        }

        return 0;
    }

    Task<int> WriteAsync(QueryRun run, OutputChoice choice, ReportResult result, IReadOnlyDictionary<string, IReadOnlyList<NodeMetric>>? metrics)
    {
        if (choice.Kind == OutputKind.NodeGraph)
        {
            return run.WriteAsync(choice, stream => NodeGraphFrames.Write(new CallGraph(CallGraphReader.Edges(result), metrics), stream));
        }

        return run.PrintAsync(Limited(result), choice, TableView.OfReport(choice, Terminal.Own(), limit), result.Absent);
    }

    string Limited(ReportResult result) => limit is { } most ? $"{result.Sql} LIMIT {Math.Max(most, 0).ToString(CultureInfo.InvariantCulture)}" : result.Sql;

    /// <summary>Writes the page before anything is shown, so that one that cannot be written fails the run without output.</summary>
    void WritePage(Stream page, ReportResult result, IReadOnlyDictionary<string, IReadOnlyList<NodeMetric>>? metrics)
    {
        var graph = new CallGraph(CallGraphReader.Edges(result), metrics);
        CallGraphPage.Write(graph, new PageInfo("Call graph", _reading.Since!.Value, _reading.Until!.Value, string.Join(", ", request.Sources), [], []), page);
        page.Flush();
    }

    string RunId()
    {
        var what = string.Join('\u001f', [request.Report.Name, ReportPath.Compact(_reading.Since!.Value), ReportPath.Compact(_reading.Until!.Value), request.By, .. request.Sources]);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(what)))[..16];
    }

    /// <summary>Where no source is named, the lake is asked.</summary>
    async Task<ReportRequest> FromLakeAsync(ReportRequest asked, QueryRun run)
    {
        if (asked.Sources.Count > 0)
        {
            return asked;
        }

        return _reading.Lake is { } lake
            ? asked with { Sources = [lake.Path], Table = await _reading.EventsAsync(run.Store, asked).ConfigureAwait(false) }
            : throw new UserException($"'report {asked.Report.Name}' is asked of nothing. Name a source (files, directories, '-' or s3://bucket/prefix), or a lake with --lake.", UserException.Usage);
    }

    async Task<ReportRequest> MetricsAsync(QueryRun run)
    {
        var asked = new ReportRequest(ReportTable.Metrics, extras.Metrics is { } source ? [source] : []);
        return asked.Sources.Count > 0 ? asked
            : _reading.Lake is not null ? asked with { Table = await _reading.EventsAsync(run.Store, asked).ConfigureAwait(false) }
            : throw new UserException("--metrics names no source, and there is no lake to take metrics from. Name a source (--metrics FILE), or a lake with --lake.", UserException.Usage);
    }

    void TellWhyEmpty(ReportRunner runner, EventTable table)
    {
        if (request.Sources.Contains("-"))
        {
            return;
        }

        var inRange = runner.EventsInRange(table);
        var span = runner.Span(table);
        if (span.Events == 0)
        {
            CommandConsole.Say("The report is empty: there is no event in the source.");
        }
        else if (inRange == 0)
        {
            CommandConsole.Say(span.First is null
                ? "The report is empty: the events have no timestamps, so none is in any range."
                : $"The report is empty: no event lies between {InstantText.Format(_reading.Since!.Value)} and {InstantText.Format(_reading.Until!.Value)}. The data spans {span.First} to {span.Last}; ask for it with --since {span.First} --until {span.Last}.");
        }
        else if (request.Report == ReportTable.Traffic && span.WithService == 0)
        {
            CommandConsole.Say("The report is empty: no event names its service. Say where it stands with --service, such as --service 'file:{service}-{date}.log', path:1, host or field:NAME.");
        }
        else if (request.Report == ReportTable.Traffic && span.WithCaller == 0)
        {
            CommandConsole.Say("The report is empty: no event names the service that called. Say where it stands with --caller, such as --caller user, agent or field:NAME, or count people with --external.");
        }
        else
        {
            CommandConsole.Say(string.Create(CultureInfo.InvariantCulture, $"The report is empty: none of the {inRange:N0} event(s) in the range has what it counts."));
        }
    }
}
