using System.Buffers.Binary;
using Millrace.Sources.Inflation;

namespace Millrace.Tests.Sources.Inflation;

/// <summary>Writes DEFLATE data by hand, legal or not (RFC 1951), and keeps the text that it stands for.</summary>
sealed class SomeDeflate
{
    static readonly (int Base, int Extra)[] Lengths = Steps(28, 3, step => Math.Max(step / 4 - 1, 0));
    static readonly (int Base, int Extra)[] Distances = Steps(30, 1, step => Math.Max(step / 2 - 1, 0));
    static readonly byte[] FixedLiterals =
        [.. Enumerable.Repeat<byte>(8, 144), .. Enumerable.Repeat<byte>(9, 112), .. Enumerable.Repeat<byte>(7, 24), .. Enumerable.Repeat<byte>(8, 8)];
    static readonly byte[] FixedDistances = [.. Enumerable.Repeat<byte>(5, 32)];

    readonly List<byte> _bytes = [];
    readonly List<byte> _text = [];
    (int Code, int Length)[] _literalCodes = [];
    (int Code, int Length)[] _distanceCodes = [];
    int _bitCount;

    /// <summary>What the data stands for.</summary>
    public byte[] Text => [.. _text];

    /// <summary>The data.</summary>
    public byte[] ToArray() => [.. _bytes];

    /// <summary>A number, its lowest bit first.</summary>
    public SomeDeflate Bits(int value, int count)
    {
        for (var i = 0; i < count; i++)
        {
            if (_bitCount++ % 8 == 0)
            {
                _bytes.Add(0);
            }

            _bytes[^1] |= (byte)(((value >> i) & 1) << ((_bitCount - 1) % 8));
        }

        return this;
    }

    public SomeDeflate Stored(byte[] text, bool isLast = false, int? complement = null)
    {
        Bits(isLast ? 1 : 0, 1).Bits(0, 2).Bits(0, (8 - _bitCount % 8) % 8);
        Bits(text.Length, 16).Bits(complement ?? ~text.Length & 0xffff, 16);
        _bytes.AddRange(text);
        _bitCount += 8 * text.Length;
        _text.AddRange(text);
        return this;
    }

    public SomeDeflate Fixed(bool isLast = false)
    {
        Bits(isLast ? 1 : 0, 1).Bits(1, 2);
        return With(FixedLiterals, FixedDistances);
    }

    /// <summary>A block that brings its own codes. The codes for their lengths are the lengths themselves, of 4 bits each.</summary>
    public SomeDeflate Dynamic(byte[] literals, byte[] distances, bool isLast = false)
    {
        Bits(isLast ? 1 : 0, 1).Bits(2, 2).Bits(literals.Length - 257, 5).Bits(distances.Length - 1, 5).Bits(19 - 4, 4);
        for (var i = 0; i < 19; i++)
        {
            Bits(i < 3 ? 0 : 4, 3);
        }

        foreach (var length in literals.Concat(distances))
        {
            Code((length, 4));
        }

        return With(literals, distances);
    }

    public SomeDeflate Literal(byte value)
    {
        _text.Add(value);
        return Code(_literalCodes[value]);
    }

    public SomeDeflate Symbol(int symbol) => Code(_literalCodes[symbol]);

    public SomeDeflate DistanceSymbol(int symbol) => Code(_distanceCodes[symbol]);

    public SomeDeflate Match(int length, int distance)
    {
        var symbol = length == 258 ? 28 : Array.FindLastIndex(Lengths, step => step.Base <= length);
        Code(_literalCodes[257 + symbol]);
        if (length < 258)
        {
            Bits(length - Lengths[symbol].Base, Lengths[symbol].Extra);
        }

        symbol = Array.FindLastIndex(Distances, step => step.Base <= distance);
        Code(_distanceCodes[symbol]).Bits(distance - Distances[symbol].Base, Distances[symbol].Extra);
        for (var i = 0; i < length; i++)
        {
            _text.Add(distance <= _text.Count ? _text[^distance] : (byte)0);
        }

        return this;
    }

    public SomeDeflate End() => Symbol(256);

    /// <summary>Random literals and matches in the present block. Without a limit distances are near or far as it comes.</summary>
    public SomeDeflate Tokens(Random random, int count, int longestDistance = 32768)
    {
        for (var i = 0; i < count; i++)
        {
            var mostDistance = Math.Min(longestDistance, _text.Count);
            if (mostDistance == 0 || random.Next(3) == 0)
            {
                Literal((byte)random.Next(256));
                continue;
            }

            var distance = random.Next(2) == 0 ? random.Next(Math.Min(mostDistance, 80)) + 1 : random.Next(mostDistance) + 1;
            Match(random.Next(4) == 0 ? random.Next(3, 259) : random.Next(3, 40), distance);
        }

        return this;
    }

    /// <summary>A gzip member of this data.</summary>
    public byte[] Gzip() => Gzip(ToArray(), Text);

    public static byte[] Gzip(byte[] deflate, byte[] text)
    {
        Span<byte> trailer = stackalloc byte[8];
        BinaryPrimitives.WriteUInt32LittleEndian(trailer, Crc32.Append(0, text));
        BinaryPrimitives.WriteUInt32LittleEndian(trailer[4..], (uint)text.Length);
        return [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255, .. deflate, .. trailer];
    }

    /// <summary>Lengths of a complete code for so many symbols, some very long.</summary>
    public static byte[] SomeLengths(Random random, int symbols)
    {
        var leaves = new List<byte> { 1, 1 };
        while (leaves.Count < symbols)
        {
            var at = random.Next(4) == 0 ? leaves.Count - 1 : random.Next(leaves.Count);
            if (leaves[at] < 15)
            {
                leaves[at]++;
                leaves.Add(leaves[at]);
            }
        }

        var lengths = leaves.ToArray();
        random.Shuffle(lengths);
        return lengths;
    }

    SomeDeflate With(byte[] literals, byte[] distances)
    {
        (_literalCodes, _distanceCodes) = (CodesOf(literals), CodesOf(distances));
        return this;
    }

    /// <summary>A code, its highest bit first.</summary>
    SomeDeflate Code((int Code, int Length) code)
    {
        for (var bit = code.Length - 1; bit >= 0; bit--)
        {
            Bits((code.Code >> bit) & 1, 1);
        }

        return this;
    }

    /// <summary>The canonical codes (3.2.2), by counting up through the symbols in order of their lengths.</summary>
    static (int Code, int Length)[] CodesOf(byte[] lengths)
    {
        var codes = new (int, int)[lengths.Length];
        var next = 0;
        for (var length = 1; length <= 15; length++)
        {
            next <<= 1;
            for (var symbol = 0; symbol < lengths.Length; symbol++)
            {
                if (lengths[symbol] == length)
                {
                    codes[symbol] = (next++, length);
                }
            }
        }

        return codes;
    }

    static (int Base, int Extra)[] Steps(int count, int first, Func<int, int> extra)
    {
        var steps = new (int, int)[count];
        for (var step = 0; step < count; step++)
        {
            steps[step] = (first, extra(step));
            first += 1 << extra(step);
        }

        return steps;
    }
}
