using Millrace.Aws;
using Millrace.Events;
using Millrace.Lake;
using Millrace.Parsing;
using Millrace.Queries;
using Millrace.Queries.Scanning;
using Millrace.Reports;
using Millrace.Sources;

namespace Millrace.Cli;

/// <summary>How a command reads logs, as the command line says it.</summary>
sealed record Reading
{
    public DateTimeOffset? Since { get; init; }

    public DateTimeOffset? Until { get; init; }

    /// <summary>True where the range has no beginning because the user said so, and not because nothing was said.</summary>
    public bool IsAll { get; init; }

    /// <summary>Where the range of a report begins, which has one in any case: before every event where all are asked for.</summary>
    public DateTimeOffset SinceOr(TimeSpan usual) => Since ?? (IsAll ? DateTimeOffset.UnixEpoch : (Until ?? AsOf) - usual);

    public required DateTimeOffset AsOf { get; init; }

    public required TimeZoneInfo TimeZone { get; init; }

    public required FormatTable Formats { get; init; }

    public required string Format { get; init; }

    public required NamingRules Rules { get; init; }

    public required IReadOnlyDictionary<EventColumn, string> Mapping { get; init; }

    public string? RejectsPath { get; init; }

    public double? MaxRejects { get; init; }

    public required S3Options S3 { get; init; }

    public int Threads { get; init; }

    public bool IsOrdered { get; init; }

    public bool IsVerbose { get; init; }

    public LakeChoice? Lake { get; init; }

    public QueryDatabase? Database { get; init; }

    public required CancellationToken Stop { get; init; }

    /// <summary>Where the command says how far it is, and what it meets while it reads.</summary>
    public StatusLine Status { get; } = new(Console.Error);

    /// <summary>A session that reads so. <c>s3://</c> is connected to when it is first needed.</summary>
    public QueryRun Open()
    {
        var store = new S3Store(S3);
        var rejects = RejectsPath is { } path ? new RejectFile(Destination.Create(path, store)) : null;
        var session = new QuerySession(Options(store, rejects));
        return new QueryRun(this, session, store, rejects);
    }

    /// <summary>The events of the lake in the range.</summary>
    public async Task<EventTable> EventsAsync(IObjectStore store)
    {
        var lake = Lake!.Open(store);
        var snapshot = await Lake.ReadAsync(lake, Stop, filesOnly: true).ConfigureAwait(false);
        return await new LakeEvents(lake, snapshot).InAsync(Since, Until, Stop).ConfigureAwait(false);
    }

    /// <summary>The windows of metrics of the lake, as SQL.</summary>
    public async Task<string> MetricsAsync(IObjectStore store)
    {
        var lake = Lake!.Open(store);
        return await new LakeEvents(lake, await Lake.ReadAsync(lake, Stop, filesOnly: true).ConfigureAwait(false)).WindowsAsync(Stop).ConfigureAwait(false);
    }

    /// <summary>What a report over the lake is asked of.</summary>
    public async Task<EventTable> EventsAsync(IObjectStore store, ReportRequest request)
    {
        var lake = Lake!.Open(store);
        var snapshot = await Lake.ReadAsync(lake, Stop, filesOnly: true).ConfigureAwait(false);
        return await new LakeEvents(lake, snapshot).OfAsync(request, Since!.Value, Until!.Value, Stop).ConfigureAwait(false);
    }

    /// <summary>How a session reads so.</summary>
    public QueryOptions Options(IObjectStore store, IRejectWriter? rejects) => new()
    {
        Sources = new SourceResolver(Console.OpenStandardInput, store),
        Formats = Formats,
        Format = Format,
        Since = Since,
        Until = Until,
        AsOf = AsOf,
        TimeZone = TimeZone,
        Rules = Rules,
        Mapping = Mapping,
        Rejects = rejects,
        Threads = Threads,
        IsOrdered = IsOrdered,
        Warn = Status.Say,
        Tell = IsVerbose ? Status.Say : static _ => { },
        Database = Database,
        Explain = Lake is null ? static message => message : LakeErrors.Explain,
        CancellationToken = Stop,
    };
}
