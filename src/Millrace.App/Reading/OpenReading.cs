using System.Globalization;
using Millrace.Lake;
using Millrace.Queries;
using Millrace.Reports;
using Millrace.Sources;

namespace Millrace.App.Reading;

/// <summary>A session that reads by a plan, with its rejects and what it has to say at the end.</summary>
public sealed class OpenReading : IAsyncDisposable
{
    readonly Workplace _workplace;
    readonly QueryPass? _pass;
    readonly RejectFile? _rejects;
    readonly RunListener _listener;
    readonly CancellationToken _stop;

    internal OpenReading(Workplace workplace, ReadingPlan plan, QueryPass? pass, RunListener listener, CancellationToken cancellationToken)
    {
        (_workplace, Plan, _pass, _listener, _stop) = (workplace, plan, pass, listener, cancellationToken);
        _rejects = plan.RejectsPath is { } path ? new RejectFile(Destination.Create(path, Objects)) : null;
        var options = plan.Options(workplace.Resolver(plan.S3), _rejects, listener, cancellationToken);
        Session = new QuerySession(options with { Database = workplace.Tools.Database, MemoryBytes = pass?.MemoryBytes });
        listener.Scanning(Session.Totals);
    }

    /// <summary>The plan.</summary>
    public ReadingPlan Plan { get; }

    /// <summary>The session.</summary>
    public QuerySession Session { get; }

    /// <summary>Where <c>s3://</c> is.</summary>
    public IObjectStore Objects => _workplace.Objects(Plan.S3);

    /// <summary>The events in the range: those of the sources, or of the lake where there are none.</summary>
    /// <param name="needs">What to say where there is neither.</param>
    public async Task<EventTable> EventsAsync(string needs) => Plan switch
    {
        { Sources.Count: > 0 } => EventTable.OfLogs(Plan.Sources),
        { Lake: { } lake } => await (await LakeAsync(lake).ConfigureAwait(false)).InAsync(Plan.Since, Plan.Until, _stop).ConfigureAwait(false),
        _ => throw new UserException(needs, UserException.Usage),
    };

    /// <summary>The events of the lake, as one of its versions has them.</summary>
    public async Task<LakeEvents> LakeAsync(LakeChoice lake) =>
        new(_workplace.Lake(lake, Plan.S3), await _workplace.ReadLakeAsync(lake, Plan.S3, _stop, filesOnly: true).ConfigureAwait(false));

    /// <summary>Ends the scans: says what did not parse, and makes the file of rejects visible. Throws where too much did not parse.</summary>
    /// <param name="needsEvents">True where no event at all is a failure, if there were lines.</param>
    public async Task FinishAsync(bool needsEvents = false)
    {
        ScanSummary.Say(Session.Totals, Plan.Formats, _listener);
        if (_rejects is not null)
        {
            await _rejects.CommitAsync(_stop).ConfigureAwait(false);
        }

        CheckRejects(needsEvents);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _listener.Scanned();
        Session.Dispose();
        _pass?.Dispose();
        if (_rejects is not null)
        {
            await _rejects.DisposeAsync().ConfigureAwait(false);
        }
    }

    void CheckRejects(bool needsEvents)
    {
        var (events, rejects) = (Session.Totals.Events, Session.Totals.Rejects);
        if (needsEvents && events == 0 && rejects > 0)
        {
            throw new UserException(string.Create(
                CultureInfo.InvariantCulture,
                $"None of the {rejects:N0} lines parsed, so there is nothing to report. Name their format with --format; 'millrace formats detect {Plan.Sources.FirstOrDefault()}' shows which come near."));
        }

        var share = events + rejects == 0 ? 0 : (double)rejects / (events + rejects);
        if (share > Plan.MaxRejects)
        {
            throw new UserException(string.Create(
                CultureInfo.InvariantCulture,
                $"{share:0.##%} of the lines did not parse, more than the {Plan.MaxRejects:0.##%} that --max-rejects allows. --rejects FILE shows them."));
        }
    }
}
