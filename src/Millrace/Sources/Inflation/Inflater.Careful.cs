using System.Diagnostics;

namespace Millrace.Sources.Inflation;

sealed partial class Inflater
{
    /// <summary>
    /// Decodes symbol by symbol, near the end of the input or of the output. A symbol is used only where all of its bits are there, with those of the distance
    /// after a length.
    /// </summary>
    /// <returns>False where the input is used up or the output is full.</returns>
    bool RunCarefully(ref Cursor cursor)
    {
        while (!cursor.IsFull)
        {
            cursor.Refill();
            var entry = _codes.Literals.Find(cursor.Bits, out var linkBits);
            var taken = linkBits + Codes.BitsOf(entry);
            if (taken > cursor.BitCount)
            {
                return false;
            }

            if ((entry & Codes.IsLiteral) != 0)
            {
                cursor.Output[cursor.Written++] = (byte)(entry >> Codes.ValueShift);
                cursor.Drop(taken);
                continue;
            }

            if ((entry & Codes.IsSpecial) != 0)
            {
                cursor.Drop(taken);
                _state = entry < Codes.Invalid ? State.BetweenBlocks : State.Damaged;
                return true;
            }

            if (!TryReadMatch(ref cursor, entry, linkBits, taken))
            {
                return false;
            }

            if (_state == State.Damaged)
            {
                return true;
            }

            CopyMatch(ref cursor);
        }

        return false;
    }

    /// <summary>Reads the rest of a length and its distance; false where some of it is not there yet.</summary>
    bool TryReadMatch(ref Cursor cursor, uint entry, int linkBits, int taken)
    {
        var bits = cursor.Bits >> taken;
        var distance = _codes.Distances.Find(bits, out var distanceLink);
        var taken2 = distanceLink + Codes.BitsOf(distance);
        if (taken + taken2 > cursor.BitCount)
        {
            return false;
        }

        _matchLength = Codes.ShortestMatch + (int)(entry >> Codes.SecondShift) + ExtraOf(entry, cursor.Bits >> linkBits);
        _matchDistance = (int)(distance >> Codes.ValueShift) + ExtraOf(distance, bits >> distanceLink);
        if ((distance & Codes.IsSpecial) != 0 || _matchDistance > cursor.Written + _historyLength)
        {
            _matchLength = 0;
            _state = State.Damaged;
            return true;
        }

        cursor.Drop(taken + taken2);
        return true;
    }

    /// <summary>The number that the extra bits after a code are.</summary>
    static int ExtraOf(uint entry, ulong bits) => (int)((bits & ((1UL << Codes.BitsOf(entry)) - 1)) >> Codes.CodeBitsOf(entry));

    /// <summary>Copies as much of the match as the output has room for, from what earlier calls wrote and then from the output itself.</summary>
    void CopyMatch(ref Cursor cursor)
    {
        var output = cursor.Output;
        var at = cursor.Written;
        var length = Math.Min(_matchLength, output.Length - at);
        Debug.Assert(_matchDistance <= at + _historyLength);
        _matchLength -= length;
        cursor.Written += length;
        var before = Math.Min(_matchDistance - at, length);
        if (before > 0)
        {
            _history.AsSpan(_historyLength - (_matchDistance - at), before).CopyTo(output[at..]);
            at += before;
        }

        for (; at < cursor.Written; at++)
        {
            output[at] = output[at - _matchDistance];
        }
    }
}
