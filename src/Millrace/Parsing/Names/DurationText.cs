using System.Buffers.Text;

namespace Millrace.Parsing.Names;

/// <summary>Reads durations as whole microseconds: numbers in a unit that is known, and texts such as <c>12.5ms</c> or <c>1m2.5s</c>.</summary>
static class DurationText
{
    const long NanosPerMicro = 1_000;

    /// <summary>Reads a whole text. What is below a microsecond is cut off; a negative duration is read as -1, which stands for none.</summary>
    public static bool TryRead(ReadOnlySpan<byte> text, DurationUnit unit, out long micros)
    {
        micros = -1;
        var isNegative = text.Length > 1 && text[0] == '-';
        var rest = isNegative ? text[1..] : text;
        if (rest.IndexOfAny((byte)'e', (byte)'E') >= 0 && TryReadScientific(rest, NanosIn(unit), out var scientific))
        {
            micros = isNegative ? -1 : scientific;
            return true;
        }

        if (!TryReadParts(rest, NanosIn(unit), out var nanos))
        {
            return false;
        }

        micros = isNegative ? -1 : nanos / NanosPerMicro;
        return true;
    }

    static bool TryReadParts(ReadOnlySpan<byte> text, long unitNanos, out long nanos)
    {
        nanos = 0;
        var isFirst = true;
        do
        {
            if (!TryReadPart(ref text, isFirst ? unitNanos : 0, ref nanos))
            {
                return false;
            }

            isFirst = false;
        }
        while (!text.IsEmpty);

        return true;
    }

    /// <summary>Takes a number and its unit; only a number that stands alone may do without.</summary>
    static bool TryReadPart(ref ReadOnlySpan<byte> text, long unitNanos, ref long nanos)
    {
        var digits = CountDigits(text);
        if (digits is 0 or > 18)
        {
            return false;
        }

        Utf8Parser.TryParse(text[..digits], out long whole, out _);
        text = text[digits..];
        var fraction = ReadOnlySpan<byte>.Empty;
        if (text.Length > 0 && text[0] == '.')
        {
            fraction = text.Slice(1, CountDigits(text[1..]));
            text = text[(1 + fraction.Length)..];
            if (fraction.IsEmpty)
            {
                return false;
            }
        }

        if (!TryTakeUnit(ref text, ref unitNanos) || whole > ((long.MaxValue - nanos) / unitNanos) - 1)
        {
            return false;
        }

        nanos += whole * unitNanos;
        foreach (var digit in fraction)
        {
            unitNanos /= 10;
            nanos += (digit - '0') * unitNanos;
        }

        return true;
    }

    static bool TryTakeUnit(ref ReadOnlySpan<byte> text, ref long unitNanos)
    {
        text = text.TrimStart((byte)' ');
        if (text.IsEmpty)
        {
            return unitNanos > 0;
        }

        var length = text.IndexOfAnyInRange((byte)'0', (byte)'9');
        var unit = length < 0 ? text : text[..length];
        text = text[unit.Length..];
        unitNanos = unit switch
        {
            _ when unit.SequenceEqual("ns"u8) => 1,
            _ when unit.SequenceEqual("us"u8) || unit.SequenceEqual("µs"u8) || unit.SequenceEqual("μs"u8) => 1_000,
            _ when unit.SequenceEqual("ms"u8) || unit.SequenceEqual("msec"u8) => 1_000_000,
            _ when unit.SequenceEqual("s"u8) || unit.SequenceEqual("sec"u8) || unit.SequenceEqual("seconds"u8) => 1_000_000_000,
            _ when unit.SequenceEqual("m"u8) || unit.SequenceEqual("min"u8) => 60_000_000_000,
            _ when unit.SequenceEqual("h"u8) => 3_600_000_000_000,
            _ => 0,
        };
        return unitNanos > 0;
    }

    static bool TryReadScientific(ReadOnlySpan<byte> text, long unitNanos, out long micros)
    {
        micros = 0;
        if (!Utf8Parser.TryParse(text, out double value, out var used) || used != text.Length)
        {
            return false;
        }

        var scaled = value * unitNanos / NanosPerMicro;
        micros = scaled is >= 0 and < long.MaxValue ? (long)scaled : -1;
        return micros >= 0;
    }

    static int CountDigits(ReadOnlySpan<byte> text)
    {
        var end = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        return end < 0 ? text.Length : end;
    }

    /// <summary>How many nanoseconds a unit has.</summary>
    public static long NanosIn(DurationUnit unit) => unit switch
    {
        DurationUnit.Nanoseconds => 1,
        DurationUnit.Microseconds => 1_000,
        DurationUnit.Milliseconds => 1_000_000,
        _ => 1_000_000_000,
    };
}
