namespace Millrace.Lake.Watching;

/// <summary>How much is brought in at a time while watching.</summary>
public sealed record WatchOptions
{
    /// <summary>How long what has arrived waits for more before it is committed.</summary>
    public TimeSpan BatchAge { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How many stored bytes are committed at a time; compressed ones count eightfold. One file may be more.</summary>
    public long BatchBytes { get; init; } = 256L << 20;

    /// <summary>How many files are committed at a time.</summary>
    public int BatchFiles { get; init; } = 2000;

    /// <summary>How long work may fail without a break before it is given up.</summary>
    public TimeSpan GiveUpAfter { get; init; } = TimeSpan.FromHours(1);

    /// <summary>The first pause after a failure; each further one is twice as long, up to <see cref="LongestPause"/>.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest pause after a failure.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromMinutes(1);
}
