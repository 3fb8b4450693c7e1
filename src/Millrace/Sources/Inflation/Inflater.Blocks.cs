namespace Millrace.Sources.Inflation;

sealed partial class Inflater
{
    /// <summary>Reads how a block begins (3.2.3). False where the input ends before that; then nothing of it has been used.</summary>
    bool TryBeginBlock(ref Cursor cursor)
    {
        var start = cursor;
        if (cursor.TryTake(1, out var isLast) && cursor.TryTake(2, out var kind) && TryBeginBlock(ref cursor, kind, out var next))
        {
            _isLastBlock = isLast == 1;
            _state = next;
            return true;
        }

        cursor.Read = start.Read;
        cursor.Bits = start.Bits;
        cursor.BitCount = start.BitCount;
        return false;
    }

    bool TryBeginBlock(ref Cursor cursor, int kind, out State next)
    {
        switch (kind)
        {
            case 0:
                return TryBeginStored(ref cursor, out next);
            case 1:
                _codes = FixedCodes;
                next = State.InCodes;
                return true;
            case 2:
                _codes = _ownCodes;
                return TryReadCodes(ref cursor, out next);
            default:
                next = State.Damaged;
                return true;
        }
    }

    /// <summary>Reads the length of a stored block and its complement (3.2.4).</summary>
    bool TryBeginStored(ref Cursor cursor, out State next)
    {
        next = State.InStored;
        cursor.Drop(cursor.BitCount & 7);
        if (!cursor.TryTake(32, out var lengths))
        {
            return false;
        }

        cursor.GiveBack();
        _storedLeft = lengths & 0xffff;
        if (_storedLeft != (~lengths >>> 16))
        {
            next = State.Damaged;
        }

        return true;
    }

    /// <summary>Reads the codes of a block that brings its own (3.2.7).</summary>
    bool TryReadCodes(ref Cursor cursor, out State next)
    {
        next = State.Damaged;
        if (!cursor.TryTake(14, out var counts))
        {
            return false;
        }

        var literals = (counts & 31) + 257;
        var distances = ((counts >> 5) & 31) + 1;
        var lengthCodes = (counts >> 10) + 4;
        if (literals > Codes.MostLiterals || distances > Codes.MostDistances)
        {
            return true;
        }

        Span<byte> lengthLengths = stackalloc byte[Codes.LengthOrder.Length];
        lengthLengths.Clear();
        for (var i = 0; i < lengthCodes; i++)
        {
            if (!cursor.TryTake(3, out var length))
            {
                return false;
            }

            lengthLengths[Codes.LengthOrder[i]] = (byte)length;
        }

        if (!_lengthCodes.TryBuild(lengthLengths, Codes.Lengths, mayLack: false))
        {
            return true;
        }

        var lengths = _lengths.AsSpan(0, literals + distances);
        if (!TryReadLengths(ref cursor, lengths, out var isLegal))
        {
            return false;
        }

        if (isLegal && _codes.TryBuild(lengths[..literals], lengths[literals..]))
        {
            next = State.InCodes;
        }

        return true;
    }

    /// <summary>Reads the lengths of codes, which a code of their own makes short.</summary>
    bool TryReadLengths(ref Cursor cursor, Span<byte> lengths, out bool isLegal)
    {
        isLegal = true;
        var at = 0;
        while (at < lengths.Length)
        {
            cursor.Refill();
            var entry = _lengthCodes.Find(cursor.Bits, out _);
            var codeBits = Codes.CodeBitsOf(entry);
            if (codeBits > cursor.BitCount)
            {
                return false;
            }

            cursor.Drop(codeBits);
            var symbol = (int)(entry >> Codes.ValueShift);
            if (symbol < 16)
            {
                lengths[at++] = (byte)symbol;
                continue;
            }

            var (extraBits, least) = symbol switch { 16 => (2, 3), 17 => (3, 3), _ => (7, 11) };
            if (!cursor.TryTake(extraBits, out var more))
            {
                return false;
            }

            var count = least + more;
            if (count > lengths.Length - at || (symbol == 16 && at == 0))
            {
                isLegal = false;
                return true;
            }

            lengths.Slice(at, count).Fill(symbol == 16 ? lengths[at - 1] : (byte)0);
            at += count;
        }

        return true;
    }
}
