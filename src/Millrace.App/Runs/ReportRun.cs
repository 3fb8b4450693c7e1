using System.Security.Cryptography;
using System.Text;
using Millrace.App.Reading;
using Millrace.App.Requests;
using Millrace.Reports;

namespace Millrace.App.Runs;

/// <summary>One run of a report that SQL answers: its range, its rows, and, where there are none, why.</summary>
sealed class ReportRun
{
    readonly ReportRequest _request;
    readonly SqlReport _report;
    readonly OpenReading _reading;
    readonly ReportRunner _runner;
    readonly CancellationToken _stop;
    EventTable _table = EventTable.OfLogs([]);

    ReportRun(ReportRequest request, OpenReading reading, CancellationToken cancellationToken)
    {
        (_request, _report, _reading, _stop) = (request, (SqlReport)request.Report, reading, cancellationToken);
        _runner = new ReportRunner(reading.Session);
    }

    ReadingPlan Plan => _reading.Plan;

    /// <summary>Runs a report.</summary>
    public static async Task<ReportOutcome> RunAsync(Workplace workplace, ReportRequest request, RunListener listener, CancellationToken cancellationToken)
    {
        var plan = workplace.Plan(request.Reading).Within(request.Report.DefaultRange);
        var (outcome, run) = await TryAsync(workplace, request, plan, listener, cancellationToken).ConfigureAwait(false);
        try
        {
            if (LookBack.IsWanted(request, plan, outcome.Coverage) && run.Span().Last is { } last)
            {
                await outcome.DisposeAsync().ConfigureAwait(false);
                (outcome, run) = await TryAsync(workplace, request, LookBack.From(plan, last, request), listener, cancellationToken).ConfigureAwait(false);
                listener.Say(LookBack.Sentence(request));
            }

            await run.TellAsync(outcome, listener).ConfigureAwait(false);
            return outcome;
        }
        catch
        {
            await outcome.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    static async Task<(ReportOutcome, ReportRun)> TryAsync(Workplace workplace, ReportRequest request, ReadingPlan plan, RunListener listener, CancellationToken cancellationToken)
    {
        var reading = await workplace.OpenAsync(plan, listener, cancellationToken).ConfigureAwait(false);
        try
        {
            var run = new ReportRun(request, reading, cancellationToken);
            return (await run.FindAsync().ConfigureAwait(false), run);
        }
        catch
        {
            await reading.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Says what was looked at, what did not parse, and why there is no row, if there is none.</summary>
    async Task TellAsync(ReportOutcome outcome, RunListener listener)
    {
        listener.Scanned();
        listener.Say(outcome.Coverage.Sentence());
        await _reading.FinishAsync(needsEvents: true).ConfigureAwait(false);
        if (outcome.IsEmpty && !Plan.ReadsInput)
        {
            listener.Say(new EmptyReport(_request, Plan, outcome.Coverage, () => _runner.EventsThatMeet(_table)).Reason(Span()));
        }
    }

    SourceSpan Span() => _runner.Span(_table);

    async Task<ReportOutcome> FindAsync()
    {
        var metrics = _request.ShowsMetrics ? CallGraphReader.Metrics(_runner.Run(await MetricsAsync().ConfigureAwait(false))) : null;
        var (events, inRange, pruned) = Counts();
        var call = await CallAsync().ConfigureAwait(false);
        _table = call.Table;
        var result = _runner.Run(call);
        var sql = result.SqlBy(_request.Sort, _request.Limit);
        var after = Counts();
        if (after.Events == events && Plan.Sources.Count > 0 && !Plan.ReadsInput)
        {
            // DuckDB reads nothing where it sees that no row can come, as of a log without any of the report's columns. What was covered is to be known all
            // the same.
            _runner.EventsInRange(_table);
            after = Counts();
        }

        var coverage = Plan.Sources.Count > 0
            ? new Coverage(Plan.Since, Plan.Until, after.InRange - inRange, after.Events - events) { PrunedFiles = after.Pruned - pruned }
            : await LakeCoverageAsync().ConfigureAwait(false);
        return new ReportOutcome(_request, _reading, result, sql, coverage with { Where = _request.Where, IsDefault = !Plan.NamesRange }, metrics);
    }

    (long Events, long InRange, int Pruned) Counts() =>
        (_reading.Session.Totals.Events, _reading.Session.Totals.InRange, _reading.Session.Totals.Pruned.Count);

    async Task<Coverage> LakeCoverageAsync()
    {
        var lake = await _reading.LakeAsync(Plan.Lake!).ConfigureAwait(false);
        return new Coverage(Plan.Since, Plan.Until, await lake.CountAsync(_reading.Session, Plan.Since, Plan.Until, _stop).ConfigureAwait(false), lake.Count);
    }

    /// <summary>The call: of the sources, or where there are none, of the lake.</summary>
    async Task<ReportCall> CallAsync()
    {
        var call = new ReportCall(_report, Plan.Names) { By = _request.By, CountsExternal = _request.CountsExternal, Where = _request.Where, RunId = _request.HasRunId ? RunId() : null };
        return Plan switch
        {
            { Sources.Count: > 0 } => call,
            { Lake: { } lake } => call with { Table = await TableAsync(lake, call).ConfigureAwait(false) },
            _ => throw new UserException($"'{_request.Title}' needs a source: files, directories, '-' or s3://bucket/prefix, or a lake with --lake.", UserException.Usage),
        };
    }

    async Task<EventTable> TableAsync(LakeChoice lake, ReportCall call) =>
        await (await _reading.LakeAsync(lake).ConfigureAwait(false)).OfAsync(call, Plan.Since, Plan.Until, _stop).ConfigureAwait(false);

    async Task<ReportCall> MetricsAsync()
    {
        var call = new ReportCall(ReportTable.Metrics, _request.MetricsSource is { } source ? [source] : []);
        return call.Sources.Count > 0 ? call
            : Plan.Lake is { } lake ? call with { Table = await TableAsync(lake, call).ConfigureAwait(false) }
            : throw new UserException("--metrics names no source, and there is no lake to take metrics from. Name a source (--metrics FILE), or a lake with --lake.", UserException.Usage);
    }

    string RunId()
    {
        var until = ReportPath.Compact(Plan.Until ?? Plan.AsOf);
        IReadOnlyList<string> read = Plan.Lake is { } lake ? [lake.Path, $"{lake.At}"] : Plan.Sources;
        string?[] what = [_report.Name, Plan.Since is { } since ? ReportPath.Compact(since) : "all", until, _request.By, .. read, .. _request.Where.Select(one => one.ToString())];
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\u001f', what))))[..16];
    }
}
