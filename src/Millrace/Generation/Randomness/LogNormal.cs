namespace Millrace.Generation.Randomness;

/// <summary>A log-normal distribution of durations.</summary>
/// <param name="Median">Half of the durations are shorter.</param>
/// <param name="Spread">The standard deviation of the natural logarithm: 0.3 is steady, 1 has a long tail.</param>
readonly record struct LogNormal(TimeSpan Median, double Spread)
{
    const double Ln2 = 0.6931471805599453;
    const int SeriesTerms = 12;

    /// <summary>A duration in microseconds, at least 1.</summary>
    public long SampleMicros(SeededRandom random) =>
        Math.Max(1, (long)(Median.TotalMicroseconds * Exp(Spread * random.Normal())));

    /// <summary>e to the power of a small number by basic arithmetic only, which IEEE 754 makes equal on every machine; Math.Exp is not.</summary>
    internal static double Exp(double power)
    {
        var doublings = Math.Floor((power / Ln2) + 0.5);
        var rest = power - (doublings * Ln2);
        var sum = 1.0;
        for (var term = SeriesTerms; term > 0; term--)
        {
            sum = 1 + (rest / term * sum);
        }

        return sum * BitConverter.Int64BitsToDouble(((long)doublings + 1023) << 52);
    }
}
