namespace Millrace.Lake;

/// <summary>A committed data file of the lake's table.</summary>
/// <param name="Path">Its path in the table, with <c>/</c> between folders.</param>
/// <param name="Day">The day (UTC) of all its events; null where they have no timestamp.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Modified">When it was written, in milliseconds since 1970.</param>
public sealed record LakeFile(string Path, DateOnly? Day, long Bytes, long Modified)
{
    /// <summary>How many events it has.</summary>
    public long Events { get; init; }

    /// <summary>The earliest timestamp; null where there is none.</summary>
    public DateTimeOffset? First { get; init; }

    /// <summary>The latest timestamp; null where there is none.</summary>
    public DateTimeOffset? Last { get; init; }

    /// <summary>The least and the greatest name of a service in it; null where no event names one.</summary>
    public (string Least, string Greatest)? Services { get; init; }

    /// <summary>What all its rows have in the columns that part the table; null where that is <see cref="Day"/>.</summary>
    internal IReadOnlyDictionary<string, string?>? Parts { get; init; }

    /// <summary>What else is kept with it, by name; such as its rollup.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>True where an event of the file may lie in the range and be of the service; null asks for any.</summary>
    public bool MayHold(DateTimeOffset? since, DateTimeOffset? until, string? service = null) =>
        (since is null || Last >= since) && (until is null || First <= until) && (service is null || Services is null || InServices(service));

    bool InServices(string service) =>
        string.CompareOrdinal(Services!.Value.Least, service) <= 0 && string.CompareOrdinal(service, Services.Value.Greatest) <= 0;
}
