using System.Runtime.CompilerServices;

namespace Millrace.Generation.Randomness;

/// <summary>Picks an index by weight in constant time from one draw (Vose's alias method).</summary>
sealed class WeightedTable
{
    readonly uint[] _threshold;
    readonly int[] _alias;

    public WeightedTable(ReadOnlySpan<double> weights)
    {
        _threshold = new uint[weights.Length];
        _alias = new int[weights.Length];
        Array.Fill(_threshold, uint.MaxValue);
        var scaled = Scale(weights);
        var small = new Stack<int>();
        var large = new Stack<int>();
        for (var i = 0; i < scaled.Length; i++)
        {
            (scaled[i] < 1 ? small : large).Push(i);
        }

        while (small.Count > 0 && large.Count > 0)
        {
            var less = small.Pop();
            var more = large.Pop();
            _threshold[less] = (uint)(scaled[less] * uint.MaxValue);
            _alias[less] = more;
            scaled[more] -= 1 - scaled[less];
            (scaled[more] < 1 ? small : large).Push(more);
        }
    }

    /// <summary>Weights that fall with the rank as 1, 1/2, 1/3…, flattened at the head so that no single entry dominates.</summary>
    public static WeightedTable Zipf(int count)
    {
        const double Flattening = 4;
        var weights = new double[count];
        for (var i = 0; i < count; i++)
        {
            weights[i] = 1 / (i + Flattening);
        }

        return new WeightedTable(weights);
    }

    public int Pick(SeededRandom random) => At(random.Next());

    /// <summary>The index that a draw of 64 random bits falls on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int At(ulong draw)
    {
        var index = (int)(((draw >> 32) * (ulong)_threshold.Length) >> 32);
        return (uint)draw <= _threshold[index] ? index : _alias[index];
    }

    static double[] Scale(ReadOnlySpan<double> weights)
    {
        var sum = 0.0;
        foreach (var weight in weights)
        {
            sum += weight;
        }

        var scaled = new double[weights.Length];
        for (var i = 0; i < scaled.Length; i++)
        {
            scaled[i] = weights[i] * weights.Length / sum;
        }

        return scaled;
    }
}
