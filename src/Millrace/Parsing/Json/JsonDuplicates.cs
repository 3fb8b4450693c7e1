using System.Numerics;

namespace Millrace.Parsing.Json;

/// <summary>Finds members whose key comes again later in the line, with a hash table that is reused from line to line.</summary>
sealed class JsonDuplicates
{
    int[] _table = new int[16];

    /// <summary>Marks all but the last of the unused members with equal keys as used.</summary>
    public void MarkUsed(ReadOnlySpan<byte> line, Span<JsonMember> members)
    {
        var unused = 0;
        foreach (ref readonly var member in members)
        {
            unused += member.IsUsed ? 0 : 1;
        }

        if (unused < 2)
        {
            return;
        }

        if (unused * 2 > _table.Length)
        {
            _table = new int[BitOperations.RoundUpToPowerOf2((uint)unused * 2)];
        }

        _table.AsSpan().Clear();
        for (var i = members.Length - 1; i >= 0; i--)
        {
            if (!members[i].IsUsed)
            {
                members[i].IsUsed = IsKnown(line, members, i);
            }
        }
    }

    bool IsKnown(ReadOnlySpan<byte> line, ReadOnlySpan<JsonMember> members, int index)
    {
        ref readonly var member = ref members[index];
        var mask = _table.Length - 1;
        var slot = (int)(member.KeyHash >> 32) & mask;
        for (; _table[slot] != 0; slot = (slot + 1) & mask)
        {
            ref readonly var other = ref members[_table[slot] - 1];
            if (other.KeyHash == member.KeyHash && KeyOf(line, other).SequenceEqual(KeyOf(line, member)))
            {
                return true;
            }
        }

        _table[slot] = index + 1;
        return false;
    }

    static ReadOnlySpan<byte> KeyOf(ReadOnlySpan<byte> line, in JsonMember member) => line.Slice(member.KeyStart, member.KeyLength);
}
