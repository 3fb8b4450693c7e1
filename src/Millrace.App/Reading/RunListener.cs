using Millrace.Queries.Scanning;

namespace Millrace.App.Reading;

/// <summary>Hears of a run while it goes on. Its members may be called from any thread.</summary>
public sealed record RunListener
{
    /// <summary>Hears nothing.</summary>
    public static RunListener None { get; } = new();

    /// <summary>Takes a sentence that a person should see.</summary>
    public Action<string> Say { get; init; } = static _ => { };

    /// <summary>Takes a detail, for people who ask how their logs are read.</summary>
    public Action<string> Tell { get; init; } = static _ => { };

    /// <summary>A scan begins, and counts here.</summary>
    public Action<ScanTotals> Scanning { get; init; } = static _ => { };

    /// <summary>The scan has ended, or will not be looked at any more. May be called more than once.</summary>
    public Action Scanned { get; init; } = static () => { };
}
