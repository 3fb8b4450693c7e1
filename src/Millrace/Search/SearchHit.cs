namespace Millrace.Search;

/// <summary>An event that a search found. Of use only during the call that tells of it.</summary>
public readonly ref struct SearchHit
{
    /// <summary>The file or object.</summary>
    public required string File { get; init; }

    /// <summary>The number of its first line, from 1.</summary>
    public required long Line { get; init; }

    /// <summary>When it happened, in microseconds since 1970 (UTC); null where that is not known.</summary>
    public long? Timestamp { get; init; }

    /// <summary>The event's bytes: its line, with those that continue it, without the last line break.</summary>
    public required ReadOnlySpan<byte> Text { get; init; }

    /// <summary>The lines before it, as many as were asked for and are there.</summary>
    public IReadOnlyList<byte[]> Before { get; init; }

    /// <summary>The lines after it.</summary>
    public IReadOnlyList<byte[]> After { get; init; }
}
