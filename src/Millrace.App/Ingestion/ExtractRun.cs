using Millrace.App.Reading;
using Millrace.Errors.Store;
using Millrace.Sources;

namespace Millrace.App.Ingestion;

/// <summary>Brings the errors of sources into an error store, each source once.</summary>
public static class ExtractRun
{
    /// <summary>Brings them in.</summary>
    /// <param name="workplace">Where it runs.</param>
    /// <param name="request">The sources, and how they are read. All that they hold is brought in, so it names no range.</param>
    /// <param name="storeName">The store; null for that of the settings.</param>
    /// <param name="countsClientErrors">True where statuses from 400 are errors too.</param>
    /// <param name="listener">Hears of it.</param>
    /// <param name="cancellationToken">Stops it. What is in by then stays in, and a rerun goes on from there.</param>
    /// <exception cref="UserException">There is no store, or a source or the store cannot be used.</exception>
    public static async Task<ErrorExtractionResult> RunAsync(
        Workplace workplace, ReadingRequest request, string? storeName, bool countsClientErrors, RunListener listener, CancellationToken cancellationToken)
    {
        var settings = workplace.Settings.Errors;
        var name = storeName ?? settings.Store ?? throw Usage($"There is no store to bring errors into. {ErrorStores.HowToName}");
        if (request is { Since: not null } or { Until: not null })
        {
            throw Usage("'errors extract' brings in all that a source holds: a range does not go with it.");
        }

        var plan = workplace.Plan(request);
        await using var rejects = plan.RejectsPath is { } path ? new RejectFile(Destination.Create(path, workplace.Objects(plan.S3))) : null;
        using var store = await workplace.BorrowErrorStoreAsync(name, creates: true, cancellationToken).ConfigureAwait(false);
        var options = plan.Options(workplace.Resolver(plan.S3), rejects, listener, cancellationToken);
        var extraction = new ErrorExtraction(new ErrorIntake(store.Store, workplace.Clock), options, countsClientErrors || settings.CountsClientErrors)
        {
            Scanning = session => listener.Scanning(session.Totals),
            Scanned = session => ScanSummary.Say(session.Totals, plan.Formats, listener),
        };
        var result = await extraction.RunAsync(plan.Sources, cancellationToken).ConfigureAwait(false);
        if (rejects is not null)
        {
            await rejects.CommitAsync(cancellationToken).ConfigureAwait(false);
        }

        return result;
    }

    static UserException Usage(string sentence) => new(sentence, UserException.Usage);
}
