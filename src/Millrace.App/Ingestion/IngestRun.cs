using Millrace.App.Reading;
using Millrace.Errors.Store;
using Millrace.Lake;
using Millrace.Lake.Ingestion;
using Millrace.Sources;

namespace Millrace.App.Ingestion;

/// <summary>One ingestion: which lake, how the sources are read, and where rejects and errors go.</summary>
public sealed class IngestRun : IAsyncDisposable
{
    readonly Workplace _workplace;
    readonly RunListener _listener;
    readonly RejectFile? _rejects;
    readonly BorrowedErrorStore? _errors;

    IngestRun(Workplace workplace, ReadingPlan plan, LakeChoice lake, IngestRequest request, RejectFile? rejects, BorrowedErrorStore? errors, RunListener listener, CancellationToken cancellationToken)
    {
        (_workplace, Plan, Lake, _rejects, _errors, _listener) = (workplace, plan, lake, rejects, errors, listener);
        var countsClientErrors = request.CountsClientErrors || workplace.Settings.Errors.CountsClientErrors;
        Options = new IngestOptions
        {
            Query = plan.Options(workplace.Resolver(plan.S3), rejects, listener, cancellationToken),
            KeepsRaw = request.KeepsRaw,
            BeforeCommit = errors is null ? null : new ErrorArrivals(new ErrorIntake(errors.Store, workplace.Clock), countsClientErrors).TakeAsync,
        };
    }

    internal ReadingPlan Plan { get; }

    internal LakeChoice Lake { get; }

    internal IngestOptions Options { get; }

    internal LakeTable Table => _workplace.Lake(Lake, Plan.S3);

    /// <summary>Brings in what the sources hold and the lake does not.</summary>
    /// <exception cref="UserException">The request means nothing, or a source or the lake cannot be used.</exception>
    public static async Task<IngestResult> RunAsync(Workplace workplace, IngestRequest request, RunListener listener, CancellationToken cancellationToken)
    {
        await using var run = await OpenAsync(workplace, request, listener, cancellationToken, cancellationToken).ConfigureAwait(false);
        var ingest = new LakeIngest(run.Table, run.Options)
        {
            Scanning = session => listener.Scanning(session.Totals),
            Scanned = session => ScanSummary.Say(session.Totals, run.Plan.Formats, listener),
        };
        var result = await ingest.RunAsync(run.Plan.Sources, cancellationToken).ConfigureAwait(false);
        await run.FinishAsync().ConfigureAwait(false);
        return result;
    }

    /// <summary>Opens what an ingestion needs: <paramref name="opening"/> ends the wait for an error store, <paramref name="reading"/> what is read later.</summary>
    internal static async Task<IngestRun> OpenAsync(Workplace workplace, IngestRequest request, RunListener listener, CancellationToken opening, CancellationToken reading)
    {
        var path = request.Lake ?? workplace.Settings.Lake
            ?? throw Usage("There is no lake to ingest into. Name one with --lake DIR, or in millrace.json: {\"lake\": {\"path\": \"DIR\"}}.");
        var plan = workplace.Plan(request.Reading);
        if (request.Reading is { Since: not null } or { Until: not null })
        {
            throw Usage("'ingest' brings in all that a source holds: a range does not go with it.");
        }

        var store = request.ErrorStore ?? workplace.Settings.Errors.Store;
        if (store is null && request.CountsClientErrors)
        {
            throw Usage("--client-errors says which errors are kept, and there is no store for them. Name one with --errors, or leave it out.");
        }

        var errors = store is null ? null : await workplace.BorrowErrorStoreAsync(store, creates: true, opening).ConfigureAwait(false);
        var rejects = plan.RejectsPath is { } file ? new RejectFile(Destination.Create(file, workplace.Objects(plan.S3))) : null;
        return new IngestRun(workplace, plan, new LakeChoice(path, At: null, IsNamed: request.Lake is not null), request, rejects, errors, listener, reading);
    }

    /// <summary>Makes the file of rejects visible. What was read is committed, so this is done also where the work is being stopped.</summary>
    internal Task FinishAsync() => _rejects?.CommitAsync(CancellationToken.None) ?? Task.CompletedTask;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _listener.Scanned();
        _errors?.Dispose();
        if (_rejects is not null)
        {
            await _rejects.DisposeAsync().ConfigureAwait(false);
        }
    }

    static UserException Usage(string sentence) => new(sentence, UserException.Usage);
}
