namespace Millrace.App.Ingestion;

/// <summary>Sources to be brought into a lake as they arrive.</summary>
/// <param name="Ingest">The sources and the lake.</param>
public sealed record WatchRequest(IngestRequest Ingest)
{
    /// <summary>The URL of the SQS queue that is told of new objects; null where buckets are listed instead.</summary>
    public string? Queue { get; init; }

    /// <summary>The file for messages of the queue that cannot be used; null for one beside the lake.</summary>
    public string? SetAside { get; init; }

    /// <summary>The URL of a queue for such messages instead.</summary>
    public string? DeadLetters { get; init; }

    /// <summary>How long what has arrived waits for more before it is committed.</summary>
    public TimeSpan BatchAge
    {
        get;
        init => field = value >= TimeSpan.Zero && value <= TimeSpan.FromHours(1) ? value : throw new UserException("--batch-seconds must be between 0 and 3600.", UserException.Usage);
    } = TimeSpan.FromSeconds(10);
}
