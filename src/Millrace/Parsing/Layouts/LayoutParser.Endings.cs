using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Millrace.Parsing.Layouts;

/// <summary>Lines that end before the layout does, fields in loose quotes, and sums of fields.</summary>
sealed partial class LayoutParser
{
    /// <summary>Reads a field that was rejected as the line's last one, where the line may end there.</summary>
    LineOutcome EndEarly(ReadOnlySpan<byte> line, int position, in LayoutStep step)
    {
        if (step.Ending is not { } ending || line.Length - ending.Length < position || !line.EndsWith(ending))
        {
            return LineOutcome.Reject;
        }

        var index = (int)(Unsafe.ByteOffset(in MemoryMarshal.GetArrayDataReference(_steps), in step) / Unsafe.SizeOf<LayoutStep>());
        if (!TryReadLast(line, position, line.Length - ending.Length, in step, ref Fields.Values[index]))
        {
            Fields.Reject(step.Syntax is FieldSyntax.Quoted or FieldSyntax.LooseQuoted ? step.Unended : step.Malformed, position);
            return LineOutcome.Reject;
        }

        Fields.Values.AsSpan((index + 1).._steps.Length).Clear();
        return Complete();
    }

    bool TryReadLast(ReadOnlySpan<byte> line, int start, int end, in LayoutStep step, ref FieldValue value)
    {
        var text = line[start..end];
        switch (step.Syntax)
        {
            case FieldSyntax.Integer or FieldSyntax.Status:
                return ReadLastDigits(text, start, step.Syntax, ref value);
            case FieldSyntax.LooseQuoted when text is [(byte)'"', ..]:
                value = LastText(line, start + 1, end - 1, TextEscape.None);
                return text is [_, .., (byte)'"'];
            case FieldSyntax.Quoted:
                value = LastText(line, start, end, TextEscape.Backslash);
                return !IsEscaped(ref MemoryMarshal.GetReference(line), start, end);
            case <= FieldSyntax.List:
                value = LastText(line, start, end, TextEscape.None);
                return true;
            default:
                return Read(line, start, end, step.Syntax, ref value);
        }
    }

    static FieldValue LastText(ReadOnlySpan<byte> line, int start, int end, TextEscape escape) =>
        end <= start || line[start..end] is [(byte)'-'] ? default : FieldValue.Text(start, end - start, escape);

    static bool ReadLastDigits(ReadOnlySpan<byte> text, int start, FieldSyntax syntax, ref FieldValue value)
    {
        value = default;
        if (text is [(byte)'-'])
        {
            return true;
        }

        var digits = Digits.ReadLong(ref MemoryMarshal.GetReference(text), 0, text.Length, out var number);
        if (digits == 0 || digits != text.Length || digits > Digits.Most || (syntax == FieldSyntax.Status && digits != 3))
        {
            return false;
        }

        value = FieldValue.Of(number, start, digits);
        return true;
    }

    /// <summary>
    /// The quote that ends a field which begins with one; -1 where none does. A quote inside of the field shows in that the next quote of the line cannot open the next
    /// quoted field: it does not stand behind a space, or fewer spaces lie between than parting the fields between takes.
    /// </summary>
    static int FindLooseEnd(ReadOnlySpan<byte> line, int start, in LayoutStep step)
    {
        var end = start;
        while (line[(end + 1)..].IndexOf((byte)'"') is var next and >= 0)
        {
            end += 1 + next;
            var rest = line[(end + 1)..];
            if (step.TerminatorLength == 0 ? rest.IsEmpty : rest.StartsWith(step.TerminatorBytes))
            {
                var between = rest.IndexOf((byte)'"') is var quote and >= 0 ? rest[..quote] : default;
                if (between.IsEmpty || (between[^1] == ' ' && between.Count((byte)' ') > step.PlainFollowers))
                {
                    return end;
                }
            }
        }

        return -1;
    }

    /// <summary>Adds up what is made of other fields, once they are read.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    LineOutcome Complete()
    {
        if (_sums.Length > 0)
        {
            AddUp();
        }

        return LineOutcome.Event;
    }

    void AddUp()
    {
        var values = Fields.Values;
        for (var i = 0; i < _sums.Length; i++)
        {
            var sum = FieldValue.Of(0, 0, 0);
            foreach (var part in _sums[i])
            {
                sum.Number += values[part].Number;
                sum.HasValue &= values[part].HasValue && sum.Number >= 0;
            }

            values[_steps.Length + i] = sum;
        }
    }
}
