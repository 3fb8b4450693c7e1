namespace Millrace.Generation.Randomness;

/// <summary>When load happens between two instants: low at night, a rise in the morning, the most in the evening (UTC).</summary>
sealed class TimeCurve
{
    const long MicrosPerHour = 3_600_000_000;

    static ReadOnlySpan<double> HourWeights =>
    [
        0.35, 0.25, 0.20, 0.18, 0.20, 0.30, 0.50, 0.80, 1.10, 1.30, 1.40, 1.45,
        1.40, 1.35, 1.35, 1.40, 1.45, 1.50, 1.60, 1.70, 1.60, 1.30, 0.90, 0.60,
    ];

    readonly long[] _sliceStart;
    readonly double[] _shareBefore;

    public TimeCurve(long startMicros, long endMicros)
    {
        var starts = new List<long>();
        var weights = new List<double> { 0 };
        for (var at = startMicros; at < endMicros;)
        {
            var next = Math.Min(endMicros, ((at / MicrosPerHour) + 1) * MicrosPerHour);
            var hour = (int)(at / MicrosPerHour % 24);
            starts.Add(at);
            weights.Add(weights[^1] + (HourWeights[hour] * (next - at)));
            at = next;
        }

        starts.Add(endMicros);
        _sliceStart = [.. starts];
        _shareBefore = [.. weights.Select(weight => weights[^1] == 0 ? 0 : weight / weights[^1])];
        StartMicros = startMicros;
        EndMicros = endMicros;
    }

    public long StartMicros { get; }

    public long EndMicros { get; }

    /// <summary>The instant before which a share of the load has happened. Fast where the shares that one walker asks for rise.</summary>
    public Walker Walk() => new(this);

    public struct Walker(TimeCurve curve)
    {
        int _slice;

        public long MicrosAt(double share)
        {
            var (starts, before) = (curve._sliceStart, curve._shareBefore);
            if (starts.Length == 1)
            {
                return curve.StartMicros;
            }

            while (_slice < starts.Length - 2 && before[_slice + 1] <= share)
            {
                _slice++;
            }

            var inside = (share - before[_slice]) / (before[_slice + 1] - before[_slice]);
            return starts[_slice] + (long)((starts[_slice + 1] - starts[_slice]) * inside);
        }
    }
}
