using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Millrace.Events;

namespace Millrace.Parsing.Layouts;

/// <summary>Parses lines of a <see cref="LineLayout"/>: one vectorised search a field, numbers and times read where they stand.</summary>
sealed partial class LayoutParser : LineParser
{
    readonly LayoutStep[] _steps;
    readonly byte[] _lead;
    readonly bool _allowsTail;
    readonly LocalZone _zone;

    // The last time that was read: neighbouring lines mostly share the second.
    readonly byte[] _timeText = new byte[64];
    int _timeLength = -1;
    long _timeMicros;

    public LayoutParser(LineLayout layout, LocalZone zone)
        : base(layout.Steps.Length)
    {
        _steps = layout.Steps;
        _lead = layout.Lead;
        _allowsTail = layout.AllowsTail;
        _zone = zone;
    }

    // One screen more than a method should be: the switch keeps the per-field work in registers, which a call a field does not.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override LineOutcome Parse(ReadOnlySpan<byte> line)
    {
        if (!line.StartsWith(_lead))
        {
            return Fields.Reject("the line does not begin as the layout does", 0);
        }

        var position = _lead.Length;
        ref var value = ref MemoryMarshal.GetArrayDataReference(Fields.Values);
        foreach (var step in _steps)
        {
            int end;
            switch (step.Syntax)
            {
                case FieldSyntax.Integer or FieldSyntax.Status:
                    end = ReadDigits(line, position, step, ref value);
                    break;
                default:
                    end = FindEnd(line, position, step);
                    if (end < 0)
                    {
                        return Fields.Reject(step.Unended, position);
                    }

                    if (!Read(line, position, end, step.Syntax, ref value))
                    {
                        return Fields.Reject(step.Malformed, position);
                    }

                    break;
            }

            if (end < 0)
            {
                return Fields.Reject(step.Malformed, position);
            }

            position = end + step.Terminator.Length;
            value = ref Unsafe.Add(ref value, 1);
        }

        return position == line.Length || (_allowsTail && line[position] == ' ')
            ? LineOutcome.Event
            : Fields.Reject("there is more after the last field", position);
    }

    /// <summary>Reads digits that end where the terminator stands. Returns the end, or -1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static int ReadDigits(ReadOnlySpan<byte> line, int start, LayoutStep step, ref FieldValue value)
    {
        long number = 0;
        var end = start;
        for (; end < line.Length; end++)
        {
            var digit = (uint)(line[end] - '0');
            if (digit > 9)
            {
                break;
            }

            number = (number * 10) + digit;
        }

        var length = end - start;
        if (length > 0 && length <= 18 && (step.Syntax != FieldSyntax.Status || length == 3))
        {
            value = FieldValue.Of(number, start, length);
        }
        else if (length == 0 && end < line.Length && line[end] == '-')
        {
            value = default;
            end++;
        }
        else
        {
            return -1;
        }

        return Stands(line, end, step) ? end : -1;
    }

    /// <summary>The first place at which the field's terminator stands; -1 where it stands nowhere.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static int FindEnd(ReadOnlySpan<byte> line, int start, LayoutStep step)
    {
        if (step.Terminator.Length == 0)
        {
            return line.Length;
        }

        var end = start;
        while (true)
        {
            end = IndexOf(line, end, step.First);
            if (end < 0)
            {
                return -1;
            }

            if ((step.Terminator.Length == 1 || Stands(line, end, step)) && !Continues(line, start, end, step.Syntax))
            {
                return end;
            }

            end++;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static bool Stands(ReadOnlySpan<byte> line, int at, LayoutStep step) =>
        step.Terminator.Length switch
        {
            0 => true,
            1 => at < line.Length && line[at] == step.First,
            _ => line[at..].StartsWith(step.Terminator),
        };

    /// <summary>True where a terminator that was found belongs to the field after all: an escaped quote, the comma inside a list.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static bool Continues(ReadOnlySpan<byte> line, int start, int end, FieldSyntax syntax) => syntax switch
    {
        FieldSyntax.Quoted => end > start && line[end - 1] == '\\' && IsEscaped(line, start, end),
        FieldSyntax.List or FieldSyntax.SecondsList => end > start && IsInsideList(line, end),
        _ => false,
    };

    static bool IsEscaped(ReadOnlySpan<byte> line, int start, int end)
    {
        var backslashes = 0;
        for (var i = end - 1; i >= start && line[i] == '\\'; i--)
        {
            backslashes++;
        }

        return (backslashes & 1) == 1;
    }

    static bool IsInsideList(ReadOnlySpan<byte> line, int end) =>
        line[end] == ' ' && (line[end - 1] is (byte)',' or (byte)':' || (end + 2 < line.Length && line[end + 1] == ':' && line[end + 2] == ' '));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static int IndexOf(ReadOnlySpan<byte> line, int start, byte wanted)
    {
        if (Vector256.IsHardwareAccelerated && start + Vector256<byte>.Count <= line.Length)
        {
            var bits = Vector256.Equals(Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(line), (nuint)start), Vector256.Create(wanted)).ExtractMostSignificantBits();
            if (bits != 0)
            {
                return start + BitOperations.TrailingZeroCount(bits);
            }

            start += Vector256<byte>.Count;
        }

        var rest = line[start..].IndexOf(wanted);
        return rest < 0 ? -1 : start + rest;
    }
}
