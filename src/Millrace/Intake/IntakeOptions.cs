namespace Millrace.Intake;

/// <summary>How much is taken in at a time, and how patiently.</summary>
public sealed record IntakeOptions
{
    /// <summary>How long what has arrived waits for more before it is committed.</summary>
    public TimeSpan BatchAge { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How many bytes are committed at a time. One item may be more.</summary>
    public long BatchBytes { get; init; } = 256L << 20;

    /// <summary>How many items are committed at a time, and how many more may wait for that.</summary>
    public int BatchItems { get; init; } = 2000;

    /// <summary>How long work may fail without a break before it is given up.</summary>
    public TimeSpan GiveUpAfter { get; init; } = TimeSpan.FromHours(1);

    /// <summary>The first pause after a failure; each further one is twice as long, up to <see cref="LongestPause"/>.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest pause after a failure.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromMinutes(1);
}
