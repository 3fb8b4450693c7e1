using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;

namespace Millrace.Search;

/// <summary>
/// Finds a text among bytes. Looks at two of the text's bytes at once, those that are rarest in logs, a vector of places at a time, and compares the whole text only where both stand. Safe for use
/// from several threads.
/// </summary>
sealed class TermFinder
{
    const byte CaseBit = 0x20;

    // From the most to the less frequent in logs; what is not here is rare.
    static readonly byte[] Frequent = Encoding.ASCII.GetBytes(" e0t1a\"2osir-n/3l4.5:d6c7p98mu,hgf_bv[]=wyTEk{}xAISOCNRDMPL");

    readonly byte[] _term;
    readonly bool _ignoresCase;
    readonly int _first;
    readonly int _second;
    readonly byte _firstMask;
    readonly byte _secondMask;

    /// <summary>Prepares the search.</summary>
    /// <param name="term">The text, not empty; in ASCII where case is ignored.</param>
    /// <param name="ignoresCase">True to take upper and lower case letters of ASCII for the same.</param>
    public TermFinder(ReadOnlySpan<byte> term, bool ignoresCase)
    {
        _term = term.ToArray();
        _ignoresCase = ignoresCase;
        if (ignoresCase)
        {
            Ascii.ToLower(term, _term, out _);
        }

        var places = Enumerable.Range(0, _term.Length).OrderByDescending(at => Rarity(_term[at])).ThenBy(at => at).ToArray();
        _first = places[0];
        _second = places.Length > 1 ? places[1] : _first;
        _firstMask = MaskOf(_term[_first]);
        _secondMask = MaskOf(_term[_second]);
    }

    /// <summary>The first place at which the text stands; -1 where it stands nowhere.</summary>
    public int IndexOf(ReadOnlySpan<byte> bytes)
    {
        var last = bytes.Length - _term.Length;
        var at = Search(bytes, last);
        return at >= 0 ? at : IndexOfScalar(bytes, ~at);
    }

    /// <summary>The same, a byte at a time, from a place on: what every kernel must equal.</summary>
    internal int IndexOfScalar(ReadOnlySpan<byte> bytes, int from)
    {
        for (var at = from; at <= bytes.Length - _term.Length; at++)
        {
            if (StandsAt(bytes, at))
            {
                return at;
            }
        }

        return -1;
    }

    /// <summary>Searches a vector of places at a time. Returns the place, or the complement of the first place that was not looked at.</summary>
    int Search(ReadOnlySpan<byte> bytes, int last)
    {
        var isWide = Vector512.IsHardwareAccelerated;
        var step = isWide ? Vector512<byte>.Count : Vector256<byte>.Count;
        var at = 0;
        for (; (isWide ? Stand512(bytes, last, ref at) : Stand256(bytes, last, ref at)) is not 0 and var places; at += step)
        {
            if (FindAmong(bytes, at, places) is >= 0 and var found)
            {
                return found;
            }
        }

        return ~at;
    }

    /// <summary>Moves on to the next vector of places in which both bytes stand, and tells at which; 0 where there is none. Calls nothing, so that all that the loop needs stays in registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    ulong Stand512(ReadOnlySpan<byte> bytes, int last, ref int from)
    {
        ref var first = ref Unsafe.Add(ref MemoryMarshal.GetReference(bytes), _first);
        ref var second = ref Unsafe.Add(ref MemoryMarshal.GetReference(bytes), _second);
        var (firstMask, secondMask) = (Vector512.Create(_firstMask), Vector512.Create(_secondMask));
        var (firstByte, secondByte) = (Vector512.Create(_term[_first]), Vector512.Create(_term[_second]));
        nint at = from;
        ulong places = 0;
        for (; at <= last - Vector512<byte>.Count; at += Vector512<byte>.Count)
        {
            places = Vector512.Equals(Vector512.LoadUnsafe(ref first, (nuint)at) | firstMask, firstByte).ExtractMostSignificantBits()
                & Vector512.Equals(Vector512.LoadUnsafe(ref second, (nuint)at) | secondMask, secondByte).ExtractMostSignificantBits();
            if (places != 0)
            {
                break;
            }
        }

        from = (int)at;
        return places;
    }

    /// <summary>The same in vectors of half the size.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    ulong Stand256(ReadOnlySpan<byte> bytes, int last, ref int from)
    {
        ref var first = ref Unsafe.Add(ref MemoryMarshal.GetReference(bytes), _first);
        ref var second = ref Unsafe.Add(ref MemoryMarshal.GetReference(bytes), _second);
        var (firstMask, secondMask) = (Vector256.Create(_firstMask), Vector256.Create(_secondMask));
        var (firstByte, secondByte) = (Vector256.Create(_term[_first]), Vector256.Create(_term[_second]));
        nint at = from;
        ulong places = 0;
        for (; at <= last - Vector256<byte>.Count; at += Vector256<byte>.Count)
        {
            places = (Vector256.Equals(Vector256.LoadUnsafe(ref first, (nuint)at) | firstMask, firstByte)
                & Vector256.Equals(Vector256.LoadUnsafe(ref second, (nuint)at) | secondMask, secondByte)).ExtractMostSignificantBits();
            if (places != 0)
            {
                break;
            }
        }

        from = (int)at;
        return places;
    }

    int FindAmong(ReadOnlySpan<byte> bytes, int at, ulong places)
    {
        for (; places != 0; places &= places - 1)
        {
            var place = at + BitOperations.TrailingZeroCount(places);
            if (StandsAt(bytes, place))
            {
                return place;
            }
        }

        return -1;
    }

    bool StandsAt(ReadOnlySpan<byte> bytes, int at)
    {
        var here = bytes.Slice(at, _term.Length);
        return _ignoresCase ? EqualsIgnoreCase(here) : here.SequenceEqual(_term);
    }

    // The runtime's own comparison takes bytes beyond ASCII for different from themselves.
    bool EqualsIgnoreCase(ReadOnlySpan<byte> here)
    {
        for (var i = 0; i < here.Length; i++)
        {
            if ((here[i] | MaskOf(_term[i])) != _term[i])
            {
                return false;
            }
        }

        return true;
    }

    // A letter in lower case is what it and its upper case become with the bit set, and nothing else does.
    byte MaskOf(byte b) => _ignoresCase && char.IsAsciiLetterLower((char)b) ? CaseBit : (byte)0;

    static int Rarity(byte b) => Frequent.AsSpan().IndexOf(b) is >= 0 and var rank ? rank : Frequent.Length;
}
