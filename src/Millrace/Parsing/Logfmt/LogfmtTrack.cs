using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Millrace.Events;
using Millrace.Parsing.Json;

namespace Millrace.Parsing.Logfmt;

/// <summary>The track of lines of logfmt. A token is the space before a name, the name and, unless the name stands alone, its equals sign.</summary>
sealed class LogfmtTrack(JsonPlan plan, LogfmtLine slow, JsonFieldReader reader, LocalZone zone) : NamedTrack(plan, slow, reader, zone)
{
    readonly LogfmtLine _slow = slow;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override bool TryRead(ReadOnlySpan<byte> line, LineFields fields)
    {
        var tracked = Keys;
        var at = 0;
        var key = Start;
        var pairs = 0;
        ulong keys = 0;
        ulong slots = 0;
        while (at < line.Length)
        {
            key = Follow(line, at, in tracked[key]);
            ref readonly var known = ref tracked[key];
            if (key == 0 || (keys & known.Bit) != 0)
            {
                return false;
            }

            keys |= known.Bit;
            var token = at;
            var start = at + known.TokenLength;
            pairs++;
            if (line[start - 1] != '=')
            {
                // A name alone. What is behind it has to be the space of the next token.
                pairs -= 2;
                at = start;
                if (!TryFill(line, new(start, 0, JsonKind.Boolean, HasEscape: false), token, in known, fields, ref slots))
                {
                    return false;
                }

                continue;
            }

            var isQuoted = JsonSyntax.ByteAt(line, start) == '"';
            at = isQuoted ? EndOfPlainString(line, start + 1) : EndOfWord(line, start);
            var text = isQuoted ? start + 1 : start;
            var end = isQuoted ? at - 1 : at;
            if (at > 0 && known.Filling <= Filling.Nothing)
            {
                if (known.Filling == Filling.Attribute)
                {
                    fields.Attributes.Add(FieldValue.Text(token + known.TextStart, known.TextLength), FieldValue.Text(text, end - text));
                }
                else if (known.Filling < Filling.Attribute && !TrySetText(line, text, end - text, known.Want.Slot, ref fields.Values[known.Field], ref slots))
                {
                    return false;
                }
            }
            else if ((known.Filling == Filling.Number && TryReadNumber(line, text, known.Want, out var read, out var number) && read == end)
                || (known.Filling == Filling.Time && end - text == MinuteMemo.Length && TryReadTime(line.Slice(text, MinuteMemo.Length), out number)))
            {
                if (!TrySetNumber(number, text, end, known.Want.Slot, ref fields.Values[known.Field], ref slots))
                {
                    return false;
                }
            }
            else
            {
                at = _slow.ReadValue(line, start, out var value);
                if (at < 0 || !TryFill(line, value, token, in known, fields, ref slots))
                {
                    return false;
                }
            }
        }

        return pairs >= 0 && IsComplete(keys);
    }

    /// <inheritdoc/>
    protected override (int Start, int End) PlaceOf(ReadOnlySpan<byte> line, in JsonMember member)
    {
        var start = member.KeyStart + member.KeyLength;
        var end = member.Value.Start + member.Value.Length;
        return member.Value.Kind == JsonKind.Boolean ? (start, start) : (start + 1, member.Value.Start == start ? end - 1 : end);
    }

    /// <summary>The place of the next space or tab; the line's length where there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static int EndOfWord(ReadOnlySpan<byte> line, int at)
    {
        ref var text = ref MemoryMarshal.GetReference(line);
        while (at + Vector256<byte>.Count <= line.Length)
        {
            var bits = Spaces(Vector256.LoadUnsafe(ref text, (nuint)at));
            if (bits != 0)
            {
                return at + BitOperations.TrailingZeroCount(bits);
            }

            at += Vector256<byte>.Count;
        }

        var tail = line.Length - Vector256<byte>.Count;
        if (tail >= 0)
        {
            // The last bytes of the line, of which those before the place do not count.
            var bits = Spaces(Vector256.LoadUnsafe(ref text, (nuint)tail)) & (0xFFFF_FFFFUL << (at - tail));
            return bits == 0 ? line.Length : tail + BitOperations.TrailingZeroCount(bits);
        }

        while (at < line.Length && line[at] is not ((byte)' ' or (byte)'\t'))
        {
            at++;
        }

        return at;
    }

    /// <summary>A bit for each space and tab.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static uint Spaces(Vector256<byte> text) =>
        (Vector256.Equals(text, Vector256.Create((byte)' ')) | Vector256.Equals(text, Vector256.Create((byte)'\t'))).ExtractMostSignificantBits();
}
