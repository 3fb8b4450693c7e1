using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Millrace.Events;

namespace Millrace.Parsing.Layouts;

/// <summary>Parses lines of a <see cref="LineLayout"/>: one vectorised search a field, numbers and times read where they stand.</summary>
/// <remarks>
/// Works on references and offsets rather than on spans: slicing and the calls behind <c>IndexOf</c> and <c>StartsWith</c> cost more than the work itself on
/// fields of a few bytes. Every load is guarded by the line's length.
/// </remarks>
sealed partial class LayoutParser : LineParser
{
    readonly LayoutStep[] _steps;
    readonly byte[] _lead;
    readonly bool _allowsTail;
    readonly LocalZone _zone;
    readonly bool _remembersTime;
    readonly bool _endsInSpace;
    readonly byte[] _header;
    readonly int[][] _sums;

    public LayoutParser(LineLayout layout, LocalZone zone)
        : base(layout.Steps.Length + layout.Sums.Count)
    {
        _header = layout.Header;
        _sums = layout.SumParts;
        _endsInSpace = layout.Steps[^1].TerminatorBytes is [.., (byte)' '];
        _steps = layout.Steps;
        _lead = layout.Lead;
        _allowsTail = layout.AllowsTail;
        _zone = zone;
        _remembersTime = _steps.Select(step => step.Syntax).Where(syntax => syntax >= FieldSyntax.ClfTime).Distinct().Count() == 1;
    }

    // One method for all steps: a call a field would cost as much as the field.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override LineOutcome Parse(ReadOnlySpan<byte> line)
    {
        if (_lead.Length > 0 && !line.StartsWith(_lead))
        {
            return Fields.Reject("the line does not begin as the layout does", 0);
        }

        if (_header.Length > 0 && line.SequenceEqual(_header))
        {
            return LineOutcome.Skip;
        }

        ref var text = ref MemoryMarshal.GetReference(line);
        var length = line.Length;
        var position = _lead.Length;
        ref var value = ref MemoryMarshal.GetArrayDataReference(Fields.Values);
        ref var step = ref MemoryMarshal.GetArrayDataReference(_steps);
        ref var last = ref Unsafe.Add(ref step, _steps.Length);
        while (Unsafe.IsAddressLessThan(ref step, ref last))
        {
            int end;
            if (IsDash(ref text, position, length, in step))
            {
                // Where a field ends is then predicted rather than searched for, so that the work on what follows need not wait.
                value.HasValue = false;
                end = position + 1;
            }
            else if (step.Syntax is FieldSyntax.Integer or FieldSyntax.Status)
            {
                end = ReadDigits(ref text, position, length, in step, ref value);
                if (end < 0)
                {
                    return EndEarly(line, position, in step, step.Malformed);
                }
            }
            else if (step.Syntax == FieldSyntax.LooseQuoted && position < length && Unsafe.Add(ref text, position) == '"')
            {
                end = FindLooseEnd(line, position, in step);
                if (end < 0)
                {
                    return EndEarly(line, position, in step, step.Unended);
                }

                SetText(ref text, position + 1, end++, FieldSyntax.LooseQuoted, ref value);
            }
            else if (step.Syntax >= FieldSyntax.ClfTime && IsRemembered(ref text, position, length, in step))
            {
                end = position + _timeLength;
                SetTime(position, ref value);
            }
            else
            {
                end = FindEnd(ref text, position, length, in step);
                if (end < 0)
                {
                    return EndEarly(line, position, in step, step.Unended);
                }

                if (step.Syntax <= FieldSyntax.List)
                {
                    SetText(ref text, position, end, step.Syntax, ref value);
                }
                else if (!Read(line, position, end, step.Syntax, ref value))
                {
                    return Fields.Reject(step.Malformed, position);
                }
            }

            position = end + step.TerminatorLength;
            value = ref Unsafe.Add(ref value, 1);
            step = ref Unsafe.Add(ref step, 1);
        }

        return position == length || (_allowsTail && (_endsInSpace || line[position] == ' '))
            ? Complete()
            : Fields.Reject("there is more after the last field", position);
    }

    /// <summary>True where the field is a dash and its terminator follows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static bool IsDash(ref byte text, int at, int length, in LayoutStep step) =>
        at + sizeof(ulong) <= length && (Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref text, at)) & step.DashMask) == step.Dash;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void SetText(ref byte text, int start, int end, FieldSyntax syntax, ref FieldValue value)
    {
        var length = end - start;
        value.Start = start;
        value.Length = length;
        value.Escape = syntax == FieldSyntax.Quoted ? TextEscape.Backslash : TextEscape.None;
        value.HasValue = length > 1 || (length == 1 && Unsafe.Add(ref text, start) != '-');
    }

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
