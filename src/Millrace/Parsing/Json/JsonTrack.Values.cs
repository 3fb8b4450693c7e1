using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Millrace.Events;
using Millrace.Parsing.Layouts;
using Millrace.Parsing.Names;

namespace Millrace.Parsing.Json;

/// <summary>Reading the value of one member.</summary>
sealed partial class JsonTrack
{
    /// <summary>Reads a value and gives the place behind it; -1 where the value or its place is unusual.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    JsonValue ReadValue(ReadOnlySpan<byte> line, int at, short node, out int end)
    {
        var first = JsonSyntax.ByteAt(line, at);
        if (first == '"')
        {
            end = EndOfPlainString(line, at + 1);
            return end > 0 ? new(at, end - at, JsonKind.String, HasEscape: false) : ReadEscaped(line, at, out end);
        }

        if ((uint)(first - '0') <= 9)
        {
            end = JsonSyntax.EndOfNumber(line, at);
            end = Math.Max(end, -1);
            return new(at, end - at, JsonKind.Number, HasEscape: false);
        }

        return ReadOther(line, at, first, node, out end);
    }

    /// <summary>The place behind a string's closing quote, given the place behind its opening one; 0 where the string has anything but plain characters.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static int EndOfPlainString(ReadOnlySpan<byte> line, int at)
    {
        ref var text = ref MemoryMarshal.GetReference(line);
        if (Vector512.IsHardwareAccelerated && at + Vector512<byte>.Count <= line.Length)
        {
            var wide = Vector512.LoadUnsafe(ref text, (nuint)at);
            var found = (Vector512.Equals(wide, Vector512.Create((byte)'"')) | Vector512.Equals(wide, Vector512.Create((byte)'\\'))
                | Vector512.LessThan(wide, Vector512.Create((byte)' '))).ExtractMostSignificantBits();
            at += found == 0 ? Vector512<byte>.Count : BitOperations.TrailingZeroCount(found);
            if (found != 0)
            {
                return Unsafe.Add(ref text, at) == '"' ? at + 1 : 0;
            }
        }

        while (at + Vector256<byte>.Count <= line.Length)
        {
            var chunk = Vector256.LoadUnsafe(ref text, (nuint)at);
            var special = Vector256.Equals(chunk, Vector256.Create((byte)'"')) | Vector256.Equals(chunk, Vector256.Create((byte)'\\'))
                | Vector256.Equals(chunk & Vector256.Create((byte)0xE0), Vector256<byte>.Zero);
            var bits = special.ExtractMostSignificantBits();
            if (bits != 0)
            {
                at += BitOperations.TrailingZeroCount(bits);
                return line[at] == '"' ? at + 1 : 0;
            }

            at += Vector256<byte>.Count;
        }

        while (at < line.Length && line[at] is not ((byte)'"' or (byte)'\\' or < 0x20))
        {
            at++;
        }

        return at < line.Length && line[at] == '"' ? at + 1 : 0;
    }

    static JsonValue ReadEscaped(ReadOnlySpan<byte> line, int at, out int end)
    {
        end = Math.Max(JsonSyntax.EndOfString(line, at, out var hasEscape), -1);
        return new(at, end - at, JsonKind.String, hasEscape);
    }

    JsonValue ReadOther(ReadOnlySpan<byte> line, int at, byte first, short node, out int end)
    {
        var kind = first switch
        {
            (byte)'n' => JsonKind.Null,
            (byte)'{' => JsonKind.Object,
            (byte)'[' => JsonKind.Array,
            (byte)'-' => JsonKind.Number,
            _ => JsonKind.Boolean,
        };
        end = first switch
        {
            (byte)'n' => JsonSyntax.EndOfLiteral(line, at, "null"u8),
            (byte)'t' => JsonSyntax.EndOfLiteral(line, at, "true"u8),
            (byte)'f' => JsonSyntax.EndOfLiteral(line, at, "false"u8),
            (byte)'-' => JsonSyntax.EndOfNumber(line, at),
            (byte)'{' or (byte)'[' when node == JsonPaths.Nowhere => slow.SkipNested(line, at),
            _ => -1,
        };
        end = Math.Max(end, -1);
        return new(at, end - at, kind, HasEscape: false);
    }

    /// <summary>
    /// Reads a number as most lines have them: an integer of a few digits, or a duration with a fraction, and then a comma or the end of the object.
    /// False, with the field left alone, for anything else.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static bool TryReadNumber(ReadOnlySpan<byte> line, int start, in JsonWant want, out int end, ref FieldValue field)
    {
        ref var text = ref MemoryMarshal.GetReference(line);
        var digits = Digits.TryReadShort(ref text, start, line.Length, out var number);
        end = start + digits;
        if (digits <= 0 || (digits > 1 && line[start] == '0'))
        {
            return false;
        }

        if (want.Syntax == JsonFieldSyntax.Duration)
        {
            if (!TryScale(line, ref end, want.Unit, ref number))
            {
                return false;
            }
        }
        else if (want.Syntax == JsonFieldSyntax.Status && digits > 3)
        {
            return false;
        }

        if (JsonSyntax.ByteAt(line, end) is not ((byte)',' or (byte)'}'))
        {
            return false;
        }

        field.Number = number;
        field.Start = start;
        field.Length = end - start;
        field.HasValue = true;
        return true;
    }

    /// <summary>Reads a time of the commonest length, whose end need not be searched for.</summary>
    bool TryReadTime(ReadOnlySpan<byte> line, int start, out int end, ref FieldValue field)
    {
        end = start + MinuteMemo.Length + 2;
        if (end > line.Length || line[start] != '"' || line[end - 1] != '"' || !_minute.TryRead(line.Slice(start + 1, MinuteMemo.Length), out var micros))
        {
            return false;
        }

        field.Number = micros;
        field.Start = start;
        field.Length = end - start;
        field.HasValue = true;
        return true;
    }

    /// <summary>Turns the digits before the dot, and up to as many behind it as make microseconds, into microseconds.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static bool TryScale(ReadOnlySpan<byte> line, ref int end, DurationUnit unit, ref long number)
    {
        if (unit is not (DurationUnit.Milliseconds or DurationUnit.Seconds))
        {
            return false;
        }

        var places = unit == DurationUnit.Milliseconds ? 3 : 6;
        number *= unit == DurationUnit.Milliseconds ? 1_000 : 1_000_000;
        if (JsonSyntax.ByteAt(line, end) != '.')
        {
            return true;
        }

        var digits = Digits.TryReadShort(ref MemoryMarshal.GetReference(line), end + 1, line.Length, out var below);
        if (digits <= 0)
        {
            return false;
        }

        end += 1 + digits;
        number += digits == places ? below : Shift(below, places - digits);
        return true;
    }

    /// <summary>Moves the decimal point.</summary>
    static long Shift(long number, int places)
    {
        for (; places > 0; places--)
        {
            number *= 10;
        }

        for (; places < 0; places++)
        {
            number /= 10;
        }

        return number;
    }
}
