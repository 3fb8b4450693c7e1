using Millrace.Events;

namespace Millrace.Parsing;

/// <summary>What a format may look at to fix how the lines of one file are read.</summary>
public sealed record FormatInput
{
    /// <summary>The first bytes of the file, decompressed: up to 64 KiB, cut anywhere.</summary>
    public ReadOnlyMemory<byte> Head { get; init; }

    /// <summary>The text after the colon of <c>--format nginx:…</c>; null where there is none.</summary>
    public string? Layout { get; init; }

    /// <summary>The zone of stamps that name none.</summary>
    public TimeZoneInfo TimeZone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>What is "now": the year of stamps that have none is counted back from it.</summary>
    public DateTimeOffset AsOf { get; init; }

    /// <summary>Which field of the log gives an event column, where the user said so (<c>--map service=kubernetes.labels.app</c>); JSON paths use dots.</summary>
    public IReadOnlyDictionary<EventColumn, string> Mapping { get; init; } = new Dictionary<EventColumn, string>();

    /// <summary>
    /// Paths of fields that a rule asks for (<c>--service field:kubernetes.labels.app</c>). A format whose lines name their fields gives each
    /// as a further field of that name.
    /// </summary>
    public IReadOnlyList<string> FieldPaths { get; init; } = [];
}
