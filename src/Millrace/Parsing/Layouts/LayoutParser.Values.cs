using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Millrace.Events;

namespace Millrace.Parsing.Layouts;

/// <summary>Reading the text of one field.</summary>
sealed partial class LayoutParser
{
    // The time that was read last: neighbouring lines mostly share the second, and then two comparisons read it.
    // A layout with times of different syntaxes remembers none, since a text may be a time in one of them alone.
    const int LongestMemo = 32;

    readonly byte[] _timeText = new byte[LongestMemo];
    int _timeLength;
    long _timeMicros;

    bool Read(ReadOnlySpan<byte> line, int start, int end, FieldSyntax syntax, ref FieldValue value) =>
        syntax == FieldSyntax.SignedInteger ? ReadSigned(line, start, end, ref value)
        : syntax >= FieldSyntax.ClfTime ? ReadTime(line, start, end, syntax, ref value)
        : syntax >= FieldSyntax.Number ? ReadOther(line, start, end, syntax, ref value)
        : ReadDuration(line, start, end, syntax, ref value);

    /// <summary>True where the time that was read last stands here again, whole.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    bool IsRemembered(ref byte text, int at, int length, in LayoutStep step)
    {
        if (_timeLength == 0 || at + _timeLength + sizeof(ulong) > length)
        {
            return false;
        }

        ref var memo = ref MemoryMarshal.GetArrayDataReference(_timeText);
        ref var here = ref Unsafe.Add(ref text, at);
        var second = (nuint)(_timeLength - Vector128<byte>.Count);
        return Vector128.LoadUnsafe(ref here) == Vector128.LoadUnsafe(ref memo)
            && Vector128.LoadUnsafe(ref here, second) == Vector128.LoadUnsafe(ref memo, second)
            && step.TerminatorLength > 0
            && Stands(ref text, at + _timeLength, length, in step);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void SetTime(int start, ref FieldValue value)
    {
        value.Start = start;
        value.Length = _timeLength;
        value.Number = _timeMicros;
        value.HasValue = true;
    }

    bool ReadTime(ReadOnlySpan<byte> line, int start, int end, FieldSyntax syntax, ref FieldValue value)
    {
        var text = line[start..end];
        if (!TryReadTime(text, syntax, out var micros))
        {
            value = default;
            return false;
        }

        Remember(text, micros);
        value = FieldValue.Of(micros, start, end - start);
        return true;
    }

    /// <summary>Reads a time that ends where its pattern does. Returns the end, or -1.</summary>
    int ReadPattern(ReadOnlySpan<byte> line, int start, in LayoutStep step, ref FieldValue value)
    {
        if (start > line.Length || !step.Pattern!.TryRead(line[start..], _zone, _nowMicros, out var micros, out var length) || !line[(start + length)..].StartsWith(step.TerminatorBytes))
        {
            return -1;
        }

        Remember(line.Slice(start, length), micros);
        value = FieldValue.Of(micros, start, length);
        return start + length;
    }

    void Remember(ReadOnlySpan<byte> text, long micros)
    {
        if (_remembersTime && text.Length is >= 16 and <= LongestMemo)
        {
            text.CopyTo(_timeText);
            _timeLength = text.Length;
            _timeMicros = micros;
            RememberMinute(text, micros);
        }
    }

    static bool ReadOther(ReadOnlySpan<byte> line, int start, int end, FieldSyntax syntax, ref FieldValue value)
    {
        var text = line[start..end];
        value = default;
        if (text.IsEmpty || text.SequenceEqual("-"u8))
        {
            return true;
        }

        if (syntax != FieldSyntax.Number)
        {
            value = FieldValue.Text(start, end - start);
            return AddressText.IsValid(text, mayHavePort: syntax == FieldSyntax.AddressAndPort);
        }

        var isNumber = Utf8Parser.TryParse(text, out double number, out var used) && used == text.Length && char.IsAsciiDigit((char)text[^1]) && double.IsFinite(number);
        value = FieldValue.Of(BitConverter.DoubleToInt64Bits(number), start, end - start);
        return isNumber;
    }

    bool TryReadTime(ReadOnlySpan<byte> text, FieldSyntax syntax, out long micros)
    {
        var length = text.Length;
        return syntax switch
        {
            FieldSyntax.ClfTime => TimeText.TryReadClf(text, _zone, out micros, out length) && length == text.Length,
            FieldSyntax.IsoTime => TimeText.TryReadIso(text, _zone, out micros, out length) && length == text.Length,
            FieldSyntax.EpochTime => TimeText.TryReadEpoch(text, out micros),
            _ => TimeText.TryReadAny(text, _zone, out micros),
        };
    }

    static bool ReadSigned(ReadOnlySpan<byte> line, int start, int end, ref FieldValue value)
    {
        var text = line[start..end];
        value = default;
        if (text is [(byte)'-'])
        {
            return true;
        }

        var digits = text.StartsWith("-"u8) ? text[1..] : text;
        var count = Digits.ReadLong(ref MemoryMarshal.GetReference(digits), 0, digits.Length, out var number);
        value = FieldValue.Of(digits.Length < text.Length ? -number : number, start, end - start);
        return count > 0 && count == digits.Length && count <= Digits.Most;
    }

    static bool ReadDuration(ReadOnlySpan<byte> line, int start, int end, FieldSyntax syntax, ref FieldValue value)
    {
        var text = line[start..end];
        value = default;
        if (text.SequenceEqual("-"u8) || text.IsEmpty)
        {
            return true;
        }

        long total = 0;
        var any = false;
        bool hasMore;
        do
        {
            hasMore = TakeElement(ref text, syntax, out var element);
            if (element is [(byte)'-'])
            {
                continue;
            }

            if (!TryReadDuration(element, syntax, out var micros))
            {
                return false;
            }

            any |= micros >= 0;
            total += Math.Max(micros, 0);
            if (total < 0)
            {
                return false;
            }
        }
        while (hasMore);

        value = any ? FieldValue.Of(total, start, end - start) : default;
        return true;
    }

    /// <summary>Takes the next element of a list of durations; a field that is no list is its one element. True where a separator says that there is another.</summary>
    static bool TakeElement(ref ReadOnlySpan<byte> text, FieldSyntax syntax, out ReadOnlySpan<byte> element)
    {
        var cut = syntax == FieldSyntax.SecondsList ? text.IndexOfAny((byte)',', (byte)':') : -1;
        element = (cut < 0 ? text : text[..cut]).Trim((byte)' ');
        text = cut < 0 ? default : text[(cut + 1)..];
        return cut >= 0;
    }

    /// <summary>Reads a decimal number of the syntax's unit as whole microseconds, negative ones as -1.</summary>
    static bool TryReadDuration(ReadOnlySpan<byte> text, FieldSyntax syntax, out long micros)
    {
        micros = -1;
        var scale = syntax switch { FieldSyntax.Milliseconds => 1_000L, FieldSyntax.Microseconds => 1L, _ => TimeText.MicrosPerSecond };
        var isNegative = text.Length > 1 && text[0] == '-';
        var digits = isNegative ? text[1..] : text;
        if (!Utf8Parser.TryParse(digits, out long whole, out var used) || used == 0 || digits[0] is (byte)'+' or (byte)'-' || whole > long.MaxValue / scale / 2)
        {
            return false;
        }

        long fraction = 0;
        if (used < digits.Length && !TryReadFraction(digits[used..], scale, out fraction))
        {
            return false;
        }

        micros = isNegative ? -1 : (whole * scale) + fraction;
        return true;
    }

    static bool TryReadFraction(ReadOnlySpan<byte> text, long scale, out long micros)
    {
        micros = 0;
        if (text[0] != '.' || text.Length == 1)
        {
            return false;
        }

        foreach (var b in text[1..])
        {
            if (!char.IsAsciiDigit((char)b))
            {
                return false;
            }

            scale /= 10;
            micros += (b - '0') * scale;
        }

        return true;
    }
}
