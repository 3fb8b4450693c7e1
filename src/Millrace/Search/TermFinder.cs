using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;
using Millrace.Parsing.Lines;

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
        long breaks = 0;
        return IndexOf<Uncounted>(bytes, ref breaks);
    }

    /// <summary>The same, and counts the line breaks before that place, or all where the text stands nowhere: in one pass, since most of what either costs is the bytes' way to the processor.</summary>
    public int IndexOf(ReadOnlySpan<byte> bytes, ref long breaks) => IndexOf<Counted>(bytes, ref breaks);

    int IndexOf<TBreaks>(ReadOnlySpan<byte> bytes, ref long breaks)
        where TBreaks : struct, IBreaks
    {
        var last = bytes.Length - _term.Length;
        var at = Search<TBreaks>(bytes, last, ref breaks);
        if (at >= 0)
        {
            return at;
        }

        var found = IndexOfScalar(bytes, ~at);
        TBreaks.Add(bytes[~at..(found < 0 ? bytes.Length : found)], ref breaks);
        return found;
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
    int Search<TBreaks>(ReadOnlySpan<byte> bytes, int last, ref long breaks)
        where TBreaks : struct, IBreaks
    {
        var isWide = Vector512.IsHardwareAccelerated;
        var step = isWide ? Vector512<byte>.Count : Vector256<byte>.Count;
        var at = 0;
        for (; (isWide ? Stand512<TBreaks>(bytes, last, ref at, ref breaks) : Stand256<TBreaks>(bytes, last, ref at, ref breaks)) is not 0 and var places; at += step)
        {
            if (FindAmong(bytes, at, places) is >= 0 and var found)
            {
                TBreaks.Add(bytes[at..found], ref breaks);
                return found;
            }

            TBreaks.Add(bytes.Slice(at, step), ref breaks);
        }

        return ~at;
    }

    /// <summary>Moves on to the next vector of places in which both bytes stand, and tells at which; 0 where there is none. Calls nothing, so that all that the loop needs stays in registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    ulong Stand512<TBreaks>(ReadOnlySpan<byte> bytes, int last, ref int from, ref long breaks)
        where TBreaks : struct, IBreaks
    {
        ref var start = ref MemoryMarshal.GetReference(bytes);
        ref var first = ref Unsafe.Add(ref MemoryMarshal.GetReference(bytes), _first);
        ref var second = ref Unsafe.Add(ref MemoryMarshal.GetReference(bytes), _second);
        var (firstMask, secondMask) = (Vector512.Create(_firstMask), Vector512.Create(_secondMask));
        var (firstByte, secondByte) = (Vector512.Create(_term[_first]), Vector512.Create(_term[_second]));
        var lineBreak = Vector512.Create((byte)'\n');
        nint at = from;
        ulong places = 0;
        long met = 0;
        for (; at <= last - Vector512<byte>.Count; at += Vector512<byte>.Count)
        {
            places = Vector512.Equals(Vector512.LoadUnsafe(ref first, (nuint)at) | firstMask, firstByte).ExtractMostSignificantBits()
                & Vector512.Equals(Vector512.LoadUnsafe(ref second, (nuint)at) | secondMask, secondByte).ExtractMostSignificantBits();
            if (places != 0)
            {
                break;
            }

            if (TBreaks.AreCounted)
            {
                met += BitOperations.PopCount(Vector512.Equals(Vector512.LoadUnsafe(ref start, (nuint)at), lineBreak).ExtractMostSignificantBits());
            }
        }

        from = (int)at;
        breaks += met;
        return places;
    }

    /// <summary>The same in vectors of half the size.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    ulong Stand256<TBreaks>(ReadOnlySpan<byte> bytes, int last, ref int from, ref long breaks)
        where TBreaks : struct, IBreaks
    {
        ref var start = ref MemoryMarshal.GetReference(bytes);
        ref var first = ref Unsafe.Add(ref MemoryMarshal.GetReference(bytes), _first);
        ref var second = ref Unsafe.Add(ref MemoryMarshal.GetReference(bytes), _second);
        var (firstMask, secondMask) = (Vector256.Create(_firstMask), Vector256.Create(_secondMask));
        var (firstByte, secondByte) = (Vector256.Create(_term[_first]), Vector256.Create(_term[_second]));
        var lineBreak = Vector256.Create((byte)'\n');
        nint at = from;
        ulong places = 0;
        long met = 0;
        for (; at <= last - Vector256<byte>.Count; at += Vector256<byte>.Count)
        {
            places = (Vector256.Equals(Vector256.LoadUnsafe(ref first, (nuint)at) | firstMask, firstByte)
                & Vector256.Equals(Vector256.LoadUnsafe(ref second, (nuint)at) | secondMask, secondByte)).ExtractMostSignificantBits();
            if (places != 0)
            {
                break;
            }

            if (TBreaks.AreCounted)
            {
                met += BitOperations.PopCount(Vector256.Equals(Vector256.LoadUnsafe(ref start, (nuint)at), lineBreak).ExtractMostSignificantBits());
            }
        }

        from = (int)at;
        breaks += met;
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

    /// <summary>Whether line breaks are counted on the way.</summary>
    interface IBreaks
    {
        static abstract bool AreCounted { get; }

        static abstract void Add(ReadOnlySpan<byte> passed, ref long breaks);
    }

    readonly struct Uncounted : IBreaks
    {
        public static bool AreCounted => false;

        public static void Add(ReadOnlySpan<byte> passed, ref long breaks)
        {
        }
    }

    readonly struct Counted : IBreaks
    {
        public static bool AreCounted => true;

        public static void Add(ReadOnlySpan<byte> passed, ref long breaks) => breaks += LineCount.Breaks(passed);
    }

    static int Rarity(byte b) => Frequent.AsSpan().IndexOf(b) is >= 0 and var rank ? rank : Frequent.Length;
}
