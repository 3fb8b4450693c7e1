using Millrace.App.Reading;

namespace Millrace.App.Ingestion;

/// <summary>Sources to be brought into a lake.</summary>
public sealed record IngestRequest
{
    /// <summary>The sources, and how they are read. Everything that they hold is brought in, so it names no range and no lake.</summary>
    public required ReadingRequest Reading { get; init; }

    /// <summary>The lake: a directory or <c>s3://bucket/prefix</c>; null for that of the settings.</summary>
    public string? Lake { get; init; }

    /// <summary>True to keep each line as it was.</summary>
    public bool KeepsRaw { get; init; }

    /// <summary>The store that keeps the errors of what is brought in; null for that of the settings, if they name one.</summary>
    public string? ErrorStore { get; init; }

    /// <summary>True where statuses from 400 are errors too.</summary>
    public bool CountsClientErrors { get; init; }
}
