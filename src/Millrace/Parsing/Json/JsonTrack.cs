using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Millrace.Events;

namespace Millrace.Parsing.Json;

/// <summary>The track of lines that are JSON.</summary>
sealed partial class JsonTrack(JsonPlan plan, JsonLine slow, JsonFieldReader reader, LocalZone zone) : NamedTrack(plan, slow, reader, zone)
{
    readonly JsonLine _slow = slow;

    static readonly uint Null = BitConverter.ToUInt32("null"u8);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override bool TryRead(ReadOnlySpan<byte> line, LineFields fields)
    {
        var tracked = Keys;
        var at = 0;
        var key = Start;
        ulong keys = 0;
        ulong slots = 0;
        while (true)
        {
            key = Follow(line, at, in tracked[key]);
            ref readonly var known = ref tracked[key];
            if (key == 0 || (keys & known.Bit) != 0)
            {
                return false;
            }

            keys |= known.Bit;
            var start = at + known.TokenLength;
            if (known.Filling <= Filling.Nothing && JsonSyntax.ByteAt(line, start) == '"' && EndOfPlainString(line, start + 1) is var end and > 0)
            {
                // What most members are, without the detour over a value.
                at = end;
                if (known.Filling >= Filling.Attribute)
                {
                    if (known.Filling == Filling.Attribute)
                    {
                        fields.Attributes.Add(FieldValue.Text(start - known.TokenLength + known.TextStart, known.TextLength), FieldValue.Text(start + 1, end - start - 2));
                    }
                }
                else if (!TrySetText(line, start + 1, end - start - 2, known.Want.Slot, ref fields.Values[known.Field], ref slots))
                {
                    return false;
                }
            }
            else if (known.Filling != Filling.Attribute && IsNull(line, start))
            {
                at = start + "null".Length;
            }
            else if ((known.Filling == Filling.Number && TryReadNumber(line, start, known.Want, out end, out var number) && JsonSyntax.ByteAt(line, end) is (byte)',' or (byte)'}')
                || (known.Filling == Filling.Time && TryReadTime(line, start, out end, out number)))
            {
                at = end;
                if (!TrySetNumber(number, start, end, known.Want.Slot, ref fields.Values[known.Field], ref slots))
                {
                    return false;
                }
            }
            else
            {
                var value = ReadValue(line, start, known.Step.Node, out at);
                if (at < 0 || !TryFill(line, value, start - known.TokenLength, in known, fields, ref slots))
                {
                    return false;
                }
            }

            if ((uint)at >= (uint)line.Length || line[at] == '}')
            {
                return at + 1 == line.Length && IsComplete(keys);
            }
        }
    }

    /// <summary>True where <c>null</c> stands; what comes after it is looked at as after any value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static bool IsNull(ReadOnlySpan<byte> line, int at) =>
        at + sizeof(uint) <= line.Length && Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref MemoryMarshal.GetReference(line), at)) == Null;

    /// <inheritdoc/>
    protected override (int Start, int End) PlaceOf(ReadOnlySpan<byte> line, in JsonMember member) => (member.Value.Start, member.Value.Start + member.Value.Length);

    /// <summary>Reads a time of the commonest length, whose end need not be searched for.</summary>
    bool TryReadTime(ReadOnlySpan<byte> line, int start, out int end, out long micros)
    {
        micros = 0;
        end = start + MinuteMemo.Length + 2;
        return end <= line.Length && line[start] == '"' && line[end - 1] == '"' && TryReadTime(line.Slice(start + 1, MinuteMemo.Length), out micros);
    }
}
