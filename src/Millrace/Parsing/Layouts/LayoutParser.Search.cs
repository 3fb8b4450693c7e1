using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Millrace.Parsing.Layouts;

/// <summary>Reading a field in whatever way it is written, wherever in the line it stands.</summary>
sealed partial class LayoutParser
{
    /// <summary>Reads a field. Returns its end, or -1 where it has none or is not well-formed; the reject is noted then.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    int ReadAny(ReadOnlySpan<byte> line, int position, in LayoutStep step, ref FieldValue value)
    {
        ref var text = ref MemoryMarshal.GetReference(line);
        var length = line.Length;
        if (IsDash(ref text, position, length, in step))
        {
            value.HasValue = false;
            return position + 1;
        }

        if (step.Syntax is FieldSyntax.Integer or FieldSyntax.Status)
        {
            var digitsEnd = ReadDigits(ref text, position, length, in step, ref value);
            return digitsEnd >= 0 ? digitsEnd : Rejected(step.Malformed, position);
        }

        if (step.Syntax == FieldSyntax.PatternTime)
        {
            return ReadPattern(line, position, in step, ref value) is >= 0 and var patternEnd ? patternEnd : Rejected(step.Malformed, position);
        }

        if (step.Syntax == FieldSyntax.LooseQuoted && position < length && line[position] == '"')
        {
            var quote = FindLooseEnd(line, position, in step);
            if (quote < 0)
            {
                return Rejected(step.Unended, position);
            }

            SetText(ref text, position + 1, quote, TextEscape.None, ref value);
            return quote + 1;
        }

        var end = FindEnd(ref text, position, length, in step);
        if (end < 0)
        {
            return Rejected(step.Unended, position);
        }

        if (step.Syntax <= FieldSyntax.List)
        {
            if (end == position)
            {
                value.HasValue = false;
                return end;
            }

            SetText(ref text, position, end, step.Syntax == FieldSyntax.Quoted ? TextEscape.Backslash : TextEscape.None, ref value);
            return end;
        }

        return Read(line, position, end, step.Syntax, ref value) ? end : Rejected(step.Malformed, position);
    }

    int Rejected(string reason, int position)
    {
        Fields.Reject(reason, position);
        return -1;
    }

    /// <summary>True where the field is a dash and its terminator follows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static bool IsDash(ref byte text, int at, int length, in LayoutStep step) =>
        at + sizeof(ulong) <= length && (Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref text, at)) & step.DashMask) == step.Dash;

    /// <summary>Reads digits that end where the terminator stands. Returns the end, or -1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static int ReadDigits(ref byte text, int start, int length, in LayoutStep step, ref FieldValue value)
    {
        var digits = Digits.TryReadShort(ref text, start, length, out var number) is var count and >= 0 ? count : Digits.ReadLong(ref text, start, length, out number);
        var end = start + digits;
        if (digits is > 0 and <= Digits.Most && (step.Syntax != FieldSyntax.Status || digits == 3))
        {
            value.Number = number;
            value.Start = start;
            value.Length = digits;
            value.HasValue = true;
        }
        else if (digits == 0 && end < length && Unsafe.Add(ref text, end) == '-')
        {
            // Only near the line's end: elsewhere the dash was seen before.
            value.HasValue = false;
            end++;
        }
        else
        {
            return -1;
        }

        return Stands(ref text, end, length, in step) ? end : -1;
    }

    /// <summary>The first place at which the field's terminator stands; -1 where it stands nowhere.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static int FindEnd(ref byte text, int start, int length, in LayoutStep step)
    {
        if (step.TerminatorLength == 0)
        {
            return length;
        }

        var end = start;
        while (true)
        {
            end = IndexOf(ref text, end, length, step.First);
            if (end < 0 || ((step.TerminatorLength == 1 || Stands(ref text, end, length, in step)) && !Continues(ref text, start, end, length, step.Syntax)))
            {
                return end;
            }

            end++;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static bool Stands(ref byte text, int at, int length, in LayoutStep step)
    {
        if (at + sizeof(ulong) <= length && step.TerminatorLength <= sizeof(ulong))
        {
            return (Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref text, at)) & step.TerminatorMask) == step.Terminator;
        }

        return MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref text, at), length - at).StartsWith(step.TerminatorBytes);
    }

    /// <summary>True where a terminator that was found belongs to the field after all: an escaped quote, the comma inside a list.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static bool Continues(ref byte text, int start, int end, int length, FieldSyntax syntax)
    {
        if (syntax == FieldSyntax.Quoted)
        {
            return end > start && Unsafe.Add(ref text, end - 1) == '\\' && IsEscaped(ref text, start, end);
        }

        return syntax is FieldSyntax.List or FieldSyntax.SecondsList && end > start && IsInsideList(MemoryMarshal.CreateReadOnlySpan(ref text, length), end);
    }

    static bool IsEscaped(ref byte text, int start, int end)
    {
        var backslashes = 0;
        for (var i = end - 1; i >= start && Unsafe.Add(ref text, i) == '\\'; i--)
        {
            backslashes++;
        }

        return (backslashes & 1) == 1;
    }

    static bool IsInsideList(ReadOnlySpan<byte> line, int end) =>
        line[end] == ' ' && (line[end - 1] is (byte)',' or (byte)':' || (end + 2 < line.Length && line[end + 1] == ':' && line[end + 2] == ' '));

    /// <summary>The first place of a byte from an offset on, or -1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static int IndexOf(ref byte text, int start, int length, byte wanted)
    {
        Debug.Assert(start >= 0 && start <= length, "A search begins inside the line.");

        // Most fields end within the first step, which spares the branch that a loop over narrower ones would mispredict.
        if (Vector512.IsHardwareAccelerated)
        {
            while (start + Vector512<byte>.Count <= length)
            {
                var bits = Vector512.Equals(Vector512.LoadUnsafe(ref text, (nuint)start), Vector512.Create(wanted)).ExtractMostSignificantBits();
                if (bits != 0)
                {
                    return start + BitOperations.TrailingZeroCount(bits);
                }

                start += Vector512<byte>.Count;
            }
        }

        while (start + Vector256<byte>.Count <= length)
        {
            var bits = Vector256.Equals(Vector256.LoadUnsafe(ref text, (nuint)start), Vector256.Create(wanted)).ExtractMostSignificantBits();
            if (bits != 0)
            {
                return start + BitOperations.TrailingZeroCount(bits);
            }

            start += Vector256<byte>.Count;
        }

        return IndexOfInTail(ref text, start, length, wanted);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static int IndexOfInTail(ref byte text, int start, int length, byte wanted)
    {
        if (length < Vector256<byte>.Count)
        {
            var at = MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref text, start), length - start).IndexOf(wanted);
            return at < 0 ? -1 : start + at;
        }

        // The last bytes, together with some that were looked at before, which are shifted out.
        var tail = length - Vector256<byte>.Count;
        var rest = Vector256.Equals(Vector256.LoadUnsafe(ref text, (nuint)tail), Vector256.Create(wanted)).ExtractMostSignificantBits() >> (start - tail);
        return start == length || rest == 0 ? -1 : start + BitOperations.TrailingZeroCount(rest);
    }
}
