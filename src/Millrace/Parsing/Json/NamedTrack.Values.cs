using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Millrace.Events;
using Millrace.Parsing.Layouts;
using Millrace.Parsing.Names;

namespace Millrace.Parsing.Json;

/// <summary>What becomes of values, however they are written.</summary>
abstract partial class NamedTrack
{
    readonly MinuteMemo _minute = new(zone);

    /// <summary>True where a line with these keys has all that lines of the format have.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected bool IsComplete(ulong keys) => (keys & _required) == _required && _requiredCount == plan.Required.Length;

    /// <summary>Fills the field of a key with any value, or adds an attribute; false where the value or its place is unusual.</summary>
    /// <param name="line">The line.</param>
    /// <param name="value">The value.</param>
    /// <param name="token">Where the token of the key begins.</param>
    /// <param name="key">The key.</param>
    /// <param name="fields">What is filled.</param>
    /// <param name="slots">The slots that have a value.</param>
    protected bool TryFill(ReadOnlySpan<byte> line, JsonValue value, int token, in Key key, LineFields fields, ref ulong slots)
    {
        if (key.Filling == Filling.Attribute)
        {
            fields.Attributes.Add(FieldValue.Text(token + key.TextStart, key.TextLength), value.AsJson());
        }
        else if (key.Filling != Filling.Nothing && !JsonFieldReader.IsNone(line, value))
        {
            var slot = 1UL << key.Want.Slot;
            ref var field = ref fields.Values[key.Field];
            var reading = (slots & slot) != 0 ? JsonReading.None : reader.Read(line, value, key.Want, out field);
            if (reading == JsonReading.OtherKind && !key.Want.IsStrict)
            {
                // Something else that happens to have the name.
                field = default;
                if (_wantsAttributes)
                {
                    fields.Attributes.Add(FieldValue.Text(token + key.TextStart, key.TextLength), value.AsJson());
                }

                return true;
            }

            slots |= slot;
            return reading == JsonReading.Value;
        }

        return true;
    }

    /// <summary>Sets a field to a text, unless that stands for none; false where its slot has a value already.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected static bool TrySetText(ReadOnlySpan<byte> line, int start, int length, int slot, ref FieldValue field, ref ulong slots)
    {
        if (length == 0 || (length == 1 && line[start] == '-'))
        {
            return true;
        }

        field.Start = start;
        field.Length = length;
        field.HasValue = true;
        var before = slots;
        slots |= 1UL << slot;
        return slots != before;
    }

    /// <summary>
    /// Reads a number as most lines have them: an integer of a few digits, or a duration with a fraction. The caller looks at what comes behind it.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected static bool TryReadNumber(ReadOnlySpan<byte> line, int start, in JsonWant want, out int end, out long number)
    {
        ref var text = ref MemoryMarshal.GetReference(line);
        var digits = Digits.TryReadShort(ref text, start, line.Length, out number);
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

        return want.Syntax != JsonFieldSyntax.Status || digits <= 3;
    }

    /// <summary>Reads a time of the commonest length.</summary>
    protected bool TryReadTime(ReadOnlySpan<byte> text, out long micros) => _minute.TryRead(text, out micros);

    /// <summary>Gives a field its number; false where its slot has a value already.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected static bool TrySetNumber(long number, int start, int end, int slot, ref FieldValue field, ref ulong slots)
    {
        field.Number = number;
        field.Start = start;
        field.Length = end - start;
        field.HasValue = true;
        var before = slots;
        slots |= 1UL << slot;
        return slots != before;
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

    /// <summary>The place behind a string's closing quote, given the place behind its opening one; 0 where the string has anything but plain characters.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected static int EndOfPlainString(ReadOnlySpan<byte> line, int at)
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
            var bits = Specials(Vector256.LoadUnsafe(ref text, (nuint)at));
            if (bits != 0)
            {
                at += BitOperations.TrailingZeroCount(bits);
                return line[at] == '"' ? at + 1 : 0;
            }

            at += Vector256<byte>.Count;
        }

        var tail = line.Length - Vector256<byte>.Count;
        if (tail >= 0)
        {
            // The last bytes of the line, of which those before the place do not count.
            var bits = Specials(Vector256.LoadUnsafe(ref text, (nuint)tail)) & (uint)(0xFFFF_FFFFUL << (at - tail));
            at = tail + BitOperations.TrailingZeroCount(bits);
            return bits != 0 && line[at] == '"' ? at + 1 : 0;
        }

        while (at < line.Length && line[at] is not ((byte)'"' or (byte)'\\' or < 0x20))
        {
            at++;
        }

        return at < line.Length && line[at] == '"' ? at + 1 : 0;
    }

    /// <summary>A bit for each quote, backslash and control character.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static uint Specials(Vector256<byte> text) => (Vector256.Equals(text, Vector256.Create((byte)'"')) | Vector256.Equals(text, Vector256.Create((byte)'\\'))
        | Vector256.Equals(text & Vector256.Create((byte)0xE0), Vector256<byte>.Zero)).ExtractMostSignificantBits();
}
