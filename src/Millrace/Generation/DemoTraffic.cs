namespace Millrace.Generation;

/// <summary>
/// The demo's data: the last hours of a shop with seven services, in JSON lines, with an hour in which payments time out. They are an hour short of a day, so that the latest 24 hours hold all of
/// them for an hour to come, and a report says what the demo said.
/// </summary>
public static class DemoTraffic
{
    const int FileCount = 8;
    const int CompressedFiles = 3;
    const int Seed = 20;

    /// <summary>How long the traffic goes on.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromHours(23);

    static readonly TimeSpan IncidentBeginsBeforeTheEnd = TimeSpan.FromHours(5);

    /// <summary>What they look like.</summary>
    /// <param name="asOf">Their end.</param>
    /// <param name="count">The number of events.</param>
    public static LoadProfile Profile(DateTimeOffset asOf, long count = 1_000_000)
    {
        var incident = asOf - IncidentBeginsBeforeTheEnd;
        return new LoadProfile(asOf - Length, asOf)
        {
            Count = count,
            Seed = Seed,
            Files = FileCount,
            ErrorShare = 0.006,
            Incidents = [new Incident("payment-service", incident, incident + TimeSpan.FromHours(1), TimeoutShare: 0.6)],
        };
    }

    /// <summary>
    /// Writes them into a directory: <c>events-1.json.gz</c>, the oldest, to <c>events-8.json</c>, the oldest three compressed as by log rotation.
    /// </summary>
    public static Task<GenerationSummary> WriteAsync(
        string directory, LoadProfile profile, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        var generator = LogGenerator.Create(LogKind.Json, profile, NameOf);
        return generator.WriteAsync(GenerationOutput.ToDirectory(directory), progress, clock: null, cancellationToken);
    }

    static string NameOf(int file) => $"events-{file + 1}.json{(file < CompressedFiles ? ".gz" : "")}";
}
