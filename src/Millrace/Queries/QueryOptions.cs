using Millrace.Events;
using Millrace.Parsing;
using Millrace.Queries.DuckDb;
using Millrace.Queries.Scanning;
using Millrace.Sources;

namespace Millrace.Queries;

/// <summary>What holds for every <c>logs()</c> of a session that does not say otherwise itself.</summary>
public sealed record QueryOptions
{
    /// <summary>What DuckDB recommends as the least for each thread that groups or sorts.</summary>
    const long MemoryPerThread = 125_000_000;

    /// <summary>Finds the files of a source.</summary>
    public required SourceResolver Sources { get; init; }

    /// <summary>The formats that there are.</summary>
    public FormatTable Formats { get; init; } = FormatTable.BuiltIn;

    /// <summary>The format, with its layout after a colon; <c>auto</c> tells it from each file.</summary>
    public string Format { get; init; } = "auto";

    /// <summary>The earliest timestamp of the events that are read.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>The latest timestamp of the events that are read.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>What is "now".</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>The zone of stamps that name none.</summary>
    public TimeZoneInfo TimeZone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>How services, callers and endpoints are named.</summary>
    public NamingRules Rules { get; init; } = new();

    /// <summary>Which field of the log gives an event column.</summary>
    public IReadOnlyDictionary<EventColumn, string> Mapping { get; init; } = new Dictionary<EventColumn, string>();

    /// <summary>True where sources may hold no log at all: what no format reads is told and left out, even if nothing else is there.</summary>
    public bool NeedsNoLog { get; init; }

    /// <summary>True to read a file whose format cannot be told as lines of text, rather than to refuse it.</summary>
    public bool ReadsUnknownAsText { get; init; }

    /// <summary>Who takes the rejects.</summary>
    public IRejectWriter? Rejects { get; init; }

    /// <summary>How many threads work; 0 for one a processor, or as many as <see cref="MemoryBytes"/> is enough for.</summary>
    public int Threads { get; init; }

    /// <summary>
    /// The memory that DuckDB may take for a query, such as that of a <see cref="QueryPass"/>. What sorting and grouping need beyond it goes into temporary files.
    /// Null for what DuckDB takes by itself, which is most of the machine's.
    /// </summary>
    public long? MemoryBytes { get; init; }

    /// <summary>True to give rows in the order of files and lines, on one thread.</summary>
    public bool IsOrdered { get; init; }

    /// <summary>How many threads work, as a number.</summary>
    internal int ThreadCount => IsOrdered ? 1
        : Threads > 0 ? Threads
        : MemoryBytes is { } bytes ? (int)Math.Clamp(bytes / MemoryPerThread, 1, Environment.ProcessorCount)
        : Environment.ProcessorCount;

    /// <summary>Gives the numbers that stand for texts in some columns of <c>logs()</c>, which <c>text_of()</c> turns back; null where every column holds what it is. Must outlive the session.</summary>
    internal TextNumbers? TextNumbers { get; init; }

    /// <summary>A database that is being opened for the session, which then closes it; null to have the session open one.</summary>
    public QueryDatabase? Database { get; init; }

    /// <summary>Takes sentences that a person should see but that do not end the work.</summary>
    public Action<string> Warn { get; init; } = static _ => { };

    /// <summary>Takes sentences for <c>--verbose</c>.</summary>
    public Action<string> Tell { get; init; } = static _ => { };

    /// <summary>Completes what is said of a query that failed, for who knows more of what it reads.</summary>
    public Func<string, string> Explain { get; init; } = static message => message;

    /// <summary>Ends whatever the session is doing.</summary>
    public CancellationToken CancellationToken { get; init; }
}
