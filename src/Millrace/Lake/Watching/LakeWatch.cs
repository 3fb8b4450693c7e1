using Millrace.Intake;
using Millrace.Lake.Ingestion;
using Millrace.Sources;
using Millrace.Sources.Arrivals;

namespace Millrace.Lake.Watching;

/// <summary>
/// Keeps a lake up with the files and objects that arrive: looks at each as it is now, and ingests them. The lake's own record of what is in sees to it that
/// nothing is in twice. So may several watches work on one lake.
/// </summary>
public sealed class LakeWatch : BatchIntake<Arrival>
{
    readonly LakeTable _lake;
    readonly IngestOptions _options;
    readonly WatchCounters _counters;
    readonly TimeProvider _clock;

    /// <summary>A watch of a lake.</summary>
    /// <param name="lake">The lake; made where there is none.</param>
    /// <param name="options">How to read and to write. "Now" is the time of each batch, and how much is committed at a time is what the intake says.</param>
    /// <param name="intake">How much at a time; compressed files count eightfold.</param>
    /// <param name="counters">Counts.</param>
    /// <param name="clock">Says what is now.</param>
    public LakeWatch(LakeTable lake, IngestOptions options, IntakeOptions intake, WatchCounters counters, TimeProvider clock)
        : base(intake, counters, clock) => (_lake, _options, _counters, _clock) = (lake, options with { BatchBytes = intake.BatchBytes }, counters, clock);

    /// <inheritdoc/>
    protected override DateTimeOffset SinceOf(Arrival item) => item.Since;

    /// <inheritdoc/>
    protected override long BytesOf(Arrival item) => IngestOptions.Weight(item.Name, item.Size);

    /// <inheritdoc/>
    protected override async Task CommitAsync(IntakeBatch<Arrival> batch, CancellationToken abort)
    {
        var files = new Dictionary<string, LogFile>();
        foreach (var arrival in batch.Items)
        {
            try
            {
                if (await arrival.FindAsync(abort).ConfigureAwait(false) is { } file)
                {
                    CheckReadable(file, abort);
                    files[file.Name] = file;
                }
                else
                {
                    _counters.AddVanished();
                    batch.Drop(arrival);
                }
            }
            catch (UserException e)
            {
                await batch.ReturnAsync(arrival, e, abort).ConfigureAwait(false);
            }
        }

        await IngestAsync([.. files.Values], abort).ConfigureAwait(false);
        _counters.AddDuplicates(batch.Rest.Count - files.Count);
    }

    async Task IngestAsync(IReadOnlyList<LogFile> files, CancellationToken abort)
    {
        var query = _options.Query with { AsOf = _clock.GetUtcNow(), Database = null, NeedsNoLog = true, CancellationToken = abort };
        _counters.Add(await new LakeIngest(_lake, _options with { Query = query }).RunAsync(files, abort).ConfigureAwait(false));
    }

    static void CheckReadable(LogFile file, CancellationToken abort)
    {
        // An object's store has just answered for it.
        if (file is LocalFile)
        {
            file.Open(abort).Dispose();
        }
    }
}
