using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Millrace.Parsing.Json;

/// <summary>Reading a line along the track.</summary>
sealed partial class JsonTrack
{
    static readonly uint Null = BitConverter.ToUInt32("null"u8);

    /// <summary>
    /// Reads a line into fields, which must be cleared; false where it has to be read the slower way, with whatever is in the fields by then.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool TryRead(ReadOnlySpan<byte> line, LineFields fields)
    {
        var at = 0;
        var key = Start;
        ulong keys = 0;
        ulong slots = 0;
        while (true)
        {
            key = Follow(line, at, in _keys[key]);
            ref readonly var known = ref _keys[key];
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
                        AddAttribute(fields.Attributes, in known, start, end);
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
            else if ((known.Filling == Filling.Number && TryReadNumber(line, start, known.Want, out end, ref fields.Values[known.Field]))
                || (known.Filling == Filling.Time && TryReadTime(line, start, out end, ref fields.Values[known.Field])))
            {
                at = end;
                var slot = 1UL << known.Want.Slot;
                if ((slots & slot) != 0)
                {
                    return false;
                }

                slots |= slot;
            }
            else
            {
                at = ReadMember(line, start, in known, fields, ref slots);
                if (at < 0)
                {
                    return false;
                }
            }

            if ((uint)at >= (uint)line.Length || line[at] == '}')
            {
                return at + 1 == line.Length && (keys & _required) == _required && _requiredCount == plan.Required.Length;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static bool TrySetText(ReadOnlySpan<byte> line, int start, int length, int slot, ref FieldValue field, ref ulong slots)
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

    /// <summary>True where <c>null</c> stands; what comes after it is looked at as after any value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static bool IsNull(ReadOnlySpan<byte> line, int at) =>
        at + sizeof(uint) <= line.Length && Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref MemoryMarshal.GetReference(line), at)) == Null;

    static void AddAttribute(AttributeList attributes, in Key key, int start, int end) => attributes.Add(
        FieldValue.Text(start - key.TokenLength + key.TextStart, key.TextLength),
        FieldValue.Text(start + 1, end - start - 2));

    /// <summary>Reads the value of any member and fills its field or adds an attribute. Returns the place behind it, or -1.</summary>
    int ReadMember(ReadOnlySpan<byte> line, int at, in Key key, LineFields fields, ref ulong slots)
    {
        var value = ReadValue(line, at, key.Step.Node, out var end);
        if (end < 0)
        {
            return -1;
        }

        if (key.Filling == Filling.Nothing)
        {
            return end;
        }

        if (key.Filling == Filling.Attribute)
        {
            fields.Attributes.Add(FieldValue.Text(at - key.TokenLength + key.TextStart, key.TextLength), value.AsJson());
        }
        else if (!JsonFieldReader.IsNone(line, value))
        {
            var slot = 1UL << key.Want.Slot;
            if ((slots & slot) != 0 || reader.Read(line, value, key.Want, out fields.Values[key.Field]) != JsonReading.Value)
            {
                return -1;
            }

            slots |= slot;
        }

        return end;
    }
}
