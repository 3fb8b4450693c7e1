namespace Millrace.Errors;

/// <summary>
/// Tells how many errors in a period are more than chance. The time before is cut into windows as long as the period; their mean is what to expect, and their spread how far counts stray. Counts are
/// compared by their square roots, whose spread is one half whatever the mean (Anscombe, 1948), widened by the dispersion of the windows; the bound allows for as many groups as are looked at.
/// </summary>
static class ErrorComparison
{
    /// <summary>How often one of all groups may be called rising by chance.</summary>
    const double FalseAlarms = 0.001;
    const double LeastFactor = 2;
    const double LeastMore = 5;
    const double LeastToMiss = 5;
    const int FewestWindows = 2;

    /// <summary>How many days without an error make the next one a return.</summary>
    public const int DaysAway = 3;

    /// <summary>The state of a group.</summary>
    /// <param name="count">Errors in the period.</param>
    /// <param name="windows">Errors in the windows before it, the latest first, as far as the history reaches.</param>
    /// <param name="hoursAway">Hours since the last error before the period; null where there was none.</param>
    /// <param name="groups">How many groups are looked at.</param>
    public static (ErrorState State, double? Expected) Judge(long count, IReadOnlyList<long> windows, double? hoursAway, int groups)
    {
        var expected = windows.Count > 0 ? windows.Average() : (double?)null;
        if (count == 0)
        {
            return (expected >= LeastToMiss && windows.Count(window => window > 0) * 2 > windows.Count ? ErrorState.Gone : ErrorState.Steady, expected);
        }

        if (windows.Count == 0)
        {
            return (ErrorState.Steady, null);
        }

        if (hoursAway is null)
        {
            return (ErrorState.New, 0);
        }

        if (hoursAway >= DaysAway * 24)
        {
            return (ErrorState.Back, expected);
        }

        return (windows.Count >= FewestWindows && IsRising(count, windows, expected!.Value, groups) ? ErrorState.Rising : ErrorState.Steady, expected);
    }

    static bool IsRising(long count, IReadOnlyList<long> windows, double expected, int groups)
    {
        if (count < expected * LeastFactor || count - expected < LeastMore)
        {
            return false;
        }

        var variance = windows.Sum(window => Math.Pow(window - expected, 2)) / (windows.Count - 1);
        var dispersion = Math.Max(1, expected > 0 ? variance / expected : 1);

        // The mean of few windows is itself uncertain.
        var spread = 0.5 * Math.Sqrt(dispersion * (1 + (1.0 / windows.Count)));
        var distance = (Math.Sqrt(count + 0.375) - Math.Sqrt(expected + 0.375)) / spread;
        return distance > Math.Sqrt(2 * Math.Log(Math.Max(groups, 1) / FalseAlarms));
    }
}
