using Millrace.App.Reading;
using Millrace.App.Requests;
using Millrace.Errors;
using Millrace.Errors.Store;
using Millrace.Reports;

namespace Millrace.App.Runs;

/// <summary>One run of the report of errors: over logs, a lake, or an error store.</summary>
sealed class DigestRun
{
    readonly Workplace _workplace;
    readonly ReportRequest _request;
    readonly RunListener _listener;
    readonly ErrorSettings _settings;
    readonly ReadingPlan _plan;
    readonly CancellationToken _stop;

    DigestRun(Workplace workplace, ReportRequest request, RunListener listener, CancellationToken cancellationToken)
    {
        (_workplace, _request, _listener, _stop) = (workplace, request, listener, cancellationToken);
        _settings = workplace.Settings.Errors;
        _plan = workplace.Plan(request.Reading).Within(request.Report.DefaultRange);
    }

    /// <summary>Runs the report.</summary>
    public static Task<DigestOutcome> RunAsync(Workplace workplace, ReportRequest request, RunListener listener, CancellationToken cancellationToken)
    {
        var run = new DigestRun(workplace, request, listener, cancellationToken);
        if (run._plan.TakesAll)
        {
            throw Usage("'report errors' compares a period with the time before it, so --since all does not go with it. Name a period, such as --since 24h.");
        }

        return run.StoreName() is { } store ? run.ReadStoreAsync(store) : run.ReadEventsAsync();
    }

    /// <summary>
    /// The store that is read: the one that the request names; else that of the settings, where the request names neither logs nor a lake nor conditions,
    /// which only events can answer.
    /// </summary>
    string? StoreName() => _request.Store ?? (_plan.Sources.Count == 0 && _plan.Lake is not { IsNamed: true } && _request.Where.Count == 0 ? _settings.Store : null);

    async Task<DigestOutcome> ReadStoreAsync(string name)
    {
        if (_plan.Sources.Count > 0 || _plan.Lake is { IsNamed: true } || _request.CountsClientErrors || _plan.RejectsPath is not null)
        {
            throw Usage($"'report errors' reads no logs where it reads the store '{name}': sources, --lake, --rejects and --client-errors go with 'errors extract'.");
        }

        if (_request.Where.Count > 0)
        {
            throw Usage($"The store '{name}' keeps counts per hour, which '{_request.Where[0]}' cannot be held against. Name the logs or a lake instead of the store, or leave --where out.");
        }

        using var store = await _workplace.BorrowErrorStoreAsync(name, creates: false, _stop).ConfigureAwait(false);
        var digest = await new StoredErrors(store.Store, _settings.Rules).ReadAsync(_plan.Since!.Value, _plan.Until!.Value, _stop).ConfigureAwait(false);
        _listener.Say($"{new Coverage(digest.Since, digest.Until, digest.Errors, digest.Errors).Range()}: the errors that {store.Store.Name} keeps");
        return new DigestOutcome(_request, digest, [], new Coverage(digest.Since, digest.Until, digest.Errors, digest.Errors));
    }

    async Task<DigestOutcome> ReadEventsAsync()
    {
        var (outcome, last) = await TryAsync(_plan, isAgain: false).ConfigureAwait(false);
        return outcome ?? (await TryAsync(LookBack.From(_plan, last!.Value, _request), isAgain: true).ConfigureAwait(false)).Outcome!;
    }

    /// <summary>Reads the errors of a period; where it has no event and a person would rather look back, gives the time of the last event instead.</summary>
    async Task<(DigestOutcome? Outcome, DateTimeOffset? Last)> TryAsync(ReadingPlan plan, bool isAgain)
    {
        var (since, until) = (plan.Since!.Value, plan.Until!.Value);
        await using var reading = await _workplace.OpenAsync(plan with { Since = ErrorReader.HistoryOf(since) }, _listener, _stop).ConfigureAwait(false);
        var events = await reading.EventsAsync(Needs).ConfigureAwait(false);
        var digest = new ErrorReader(reading.Session, _settings.Rules).Read(events.Filtered(_request.Where).Sql, events.Sql, since, until, _request.CountsClientErrors || _settings.CountsClientErrors);
        var total = plan.Sources.Count > 0 ? reading.Session.Totals.Events : (await reading.LakeAsync(plan.Lake!).ConfigureAwait(false)).Count;
        var coverage = new Coverage(since, until, digest.Events, total) { PrunedFiles = reading.Session.Totals.Pruned.Count, Where = _request.Where, IsDefault = !plan.NamesRange };
        if (!isAgain && LookBack.IsWanted(_request, plan, coverage) && new ReportRunner(reading.Session).Span(events).Last is { } last)
        {
            return (null, last);
        }

        _listener.Scanned();
        if (isAgain)
        {
            _listener.Say(LookBack.Sentence(_request));
        }

        _listener.Say(coverage.Sentence());
        await reading.FinishAsync(needsEvents: true).ConfigureAwait(false);
        return (new DigestOutcome(_request, digest, plan.Names, coverage), null);
    }

    string Needs => $"'{_request.Title}' needs a source: files, directories, '-' or s3://bucket/prefix, a lake with --lake, or an error store with --store.";

    static UserException Usage(string sentence) => new(sentence, UserException.Usage);
}
