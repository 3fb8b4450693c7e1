using System.Numerics;
using System.Runtime.CompilerServices;

namespace Millrace.Generation.Randomness;

/// <summary>
/// xoshiro256** seeded by SplitMix64: the same numbers on every machine and runtime for a seed and a stream, which
/// <see cref="Random"/> does not promise. Not safe for use from several threads.
/// </summary>
sealed class SeededRandom
{
    ulong _a;
    ulong _b;
    ulong _c;
    ulong _d;

    /// <param name="seed">The user's seed.</param>
    /// <param name="stream">Tells apart the independent sequences of one seed.</param>
    public SeededRandom(long seed, long stream)
    {
        var state = Mix((ulong)seed) ^ (Mix((ulong)stream + 0x632BE59BD9B4E019) * 0x9E3779B97F4A7C15);
        _a = Mix(state += 0x9E3779B97F4A7C15);
        _b = Mix(state += 0x9E3779B97F4A7C15);
        _c = Mix(state += 0x9E3779B97F4A7C15);
        _d = Mix(state + 0x9E3779B97F4A7C15) | 1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Next()
    {
        var result = BitOperations.RotateLeft(_b * 5, 7) * 9;
        var shifted = _b << 17;
        _c ^= _a;
        _d ^= _b;
        _b ^= _c;
        _a ^= _d;
        _c ^= shifted;
        _d = BitOperations.RotateLeft(_d, 45);
        return result;
    }

    /// <summary>0 up to, but not including, the limit.</summary>
    public int Below(int limit) => (int)(((Next() >> 32) * (ulong)limit) >> 32);

    /// <summary>A whole number with both ends included.</summary>
    public long Between(long low, long high) => low + (long)Math.BigMul(Next(), (ulong)(high - low) + 1, out _);

    /// <summary>0 up to, but not including, 1.</summary>
    public double Unit() => (Next() >> 11) * (1.0 / (1UL << 53));

    public double Between(double low, double high) => low + (Unit() * (high - low));

    public bool Chance(double share) => Unit() < share;

    /// <summary>
    /// Nearly the standard normal distribution: a sum of eight uniform numbers, so within ±4.9. Only additions and a product, because
    /// the logarithm of one machine differs from another's in the last bit.
    /// </summary>
    public double Normal()
    {
        const double ScaleToVarianceOne = 1.224744871391589;
        return (SumOfFour(Next()) + SumOfFour(Next()) - (4 * 65535.0)) / 65536.0 * ScaleToVarianceOne;
    }

    static double SumOfFour(ulong draw) =>
        (draw & 0xFFFF) + ((draw >> 16) & 0xFFFF) + ((draw >> 32) & 0xFFFF) + (draw >> 48);

    static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
