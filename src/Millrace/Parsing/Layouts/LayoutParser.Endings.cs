using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Millrace.Parsing.Layouts;

/// <summary>Lines that end before the layout does, fields in loose quotes, and sums of fields.</summary>
sealed partial class LayoutParser
{
    /// <summary>Reads a field as the line's last one, where the line may end there; otherwise the line is rejected for the reason given.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    LineOutcome EndEarly(ReadOnlySpan<byte> line, int position, in LayoutStep step, string reason)
    {
        if (step.Ending is not { } ending || line.Length - ending.Length < position || !line.EndsWith(ending))
        {
            return Fields.Reject(reason, position);
        }

        var index = (int)(Unsafe.ByteOffset(in MemoryMarshal.GetArrayDataReference(_steps), in step) / Unsafe.SizeOf<LayoutStep>());
        var outcome = ReadLast(line, position, line.Length - ending.Length, in step, ref Fields.Values[index]);
        Fields.Values.AsSpan((index + 1).._steps.Length).Clear();
        return outcome == LineOutcome.Event ? Complete() : outcome;
    }

    LineOutcome ReadLast(ReadOnlySpan<byte> line, int start, int end, in LayoutStep step, ref FieldValue value)
    {
        ref var text = ref MemoryMarshal.GetReference(line);
        switch (step.Syntax)
        {
            case FieldSyntax.Integer or FieldSyntax.Status:
                return ReadLastDigits(line[start..end], start, step.Syntax, ref value) ? LineOutcome.Event : Fields.Reject(step.Malformed, start);
            case FieldSyntax.LooseQuoted when start < end && line[start] == '"':
                if (end - start < 2 || line[end - 1] != '"')
                {
                    return Fields.Reject(step.Unended, start);
                }

                SetText(ref text, start + 1, end - 1, step.Syntax, ref value);
                return LineOutcome.Event;
            case FieldSyntax.Quoted when IsEscaped(ref text, start, end):
                return Fields.Reject(step.Unended, start);
            case <= FieldSyntax.List:
                SetText(ref text, start, end, step.Syntax, ref value);
                return LineOutcome.Event;
            default:
                return Read(line, start, end, step.Syntax, ref value) ? LineOutcome.Event : Fields.Reject(step.Malformed, start);
        }
    }

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
