using System.Diagnostics;

namespace Millrace.Sources.Inflation;

/// <summary>
/// Undoes DEFLATE (RFC 1951), piece by piece: any input, any output, as it comes. Whatever the input, reads and writes stay inside the spans.
/// <para>
/// A block is decoded by a careful loop near the ends of the spans and by a fast one wherever both are far: see the files named after them. The last
/// 32 KiB are kept between calls, since matches may reach back so far; within a call they are found in the output itself, so that a large output costs no copying.
/// </para>
/// </summary>
sealed partial class Inflater
{
    const int LengthBits = 7;

    /// <summary>After so many bytes a block is taken to be long.</summary>
    const int LongBlock = 1024;

    static readonly BlockCodes FixedCodes = BlockCodes.MakeFixed();

    readonly byte[] _history = GC.AllocateUninitializedArray<byte>(Codes.Window);
    readonly byte[] _lengths = new byte[Codes.MostLiterals + Codes.MostDistances];
    readonly CodeTable _lengthCodes = new(new uint[CodeTable.SizeOf(LengthBits, Codes.Lengths.Length)], 0, LengthBits, Codes.Lengths.Length);
    readonly BlockCodes _ownCodes = new();
    BlockCodes _codes = FixedCodes;
    State _state;
    bool _isLastBlock;
    int _storedLeft;
    int _matchLength;
    int _matchDistance;
    int _historyLength;
    uint _bits;
    int _bitCount;

    enum State
    {
        BetweenBlocks,
        InStored,
        InCodes,
        Ended,
        Damaged,
    }

    /// <summary>
    /// How many bytes an input must at most have for some of them to be used: a block's description is read as a whole. That is 3 + 14 bits, 19 lengths of 3
    /// bits, and 316 lengths of up to 7 + 7.
    /// </summary>
    public const int MostPending = (17 + (19 * 3) + (316 * 14) + 7) / 8;

    /// <summary>Begins anew, with nothing before.</summary>
    public void Reset()
    {
        _state = State.BetweenBlocks;
        _isLastBlock = false;
        _matchLength = 0;
        _historyLength = 0;
        _bits = 0;
        _bitCount = 0;
    }

    /// <summary>Inflates until the output is full or the input is used up.</summary>
    /// <param name="input">The bytes that come next; those not used must come again, with more after them.</param>
    /// <param name="output">Where the text goes.</param>
    /// <param name="used">How many bytes of the input were used. After the end, those after it are not.</param>
    /// <param name="written">How many bytes were written. What lies after them in the output may have been overwritten.</param>
    public InflateResult Inflate(ReadOnlySpan<byte> input, Span<byte> output, out int used, out int written)
    {
        var cursor = new Cursor(input, output, _bits, _bitCount);
        var result = Run(ref cursor);
        cursor.GiveBack();
        (_bits, _bitCount) = ((uint)cursor.Bits, cursor.BitCount);
        (used, written) = (cursor.Read, cursor.Written);
        Remember(output[..written]);
        return result;
    }

    InflateResult Run(ref Cursor cursor)
    {
        while (true)
        {
            switch (_state)
            {
                case State.Ended:
                    return InflateResult.Ended;
                case State.Damaged:
                    return InflateResult.Damaged;
                case State.BetweenBlocks when _isLastBlock:
                    _state = State.Ended;
                    break;
                case State.BetweenBlocks:
                    if (!TryBeginBlock(ref cursor))
                    {
                        return InflateResult.NeedsInput;
                    }

                    break;
                default:
                    var isWhole = _state == State.InStored ? CopyStored(ref cursor) : DecodeBlock(ref cursor);
                    if (!isWhole)
                    {
                        return cursor.IsFull ? InflateResult.Full : InflateResult.NeedsInput;
                    }

                    break;
            }
        }
    }

    /// <summary>Copies what a stored block holds; false where there is more of it (3.2.4).</summary>
    bool CopyStored(ref Cursor cursor)
    {
        Debug.Assert(cursor.BitCount == 0);
        var length = Math.Min(_storedLeft, Math.Min(cursor.Input.Length - cursor.Read, cursor.Output.Length - cursor.Written));
        cursor.Input.Slice(cursor.Read, length).CopyTo(cursor.Output[cursor.Written..]);
        cursor.Read += length;
        cursor.Written += length;
        _storedLeft -= length;
        if (_storedLeft > 0)
        {
            return false;
        }

        _state = State.BetweenBlocks;
        return true;
    }

    /// <summary>Goes on in a block of codes; false where there is more of it than the spans allow.</summary>
    bool DecodeBlock(ref Cursor cursor)
    {
        var longBlock = cursor.Read + LongBlock;
        while (_state == State.InCodes)
        {
            if (_matchLength > 0)
            {
                CopyMatch(ref cursor);
                if (_matchLength > 0)
                {
                    return false;
                }
            }

            if (!CanRunFast(cursor))
            {
                if (!RunCarefully(ref cursor))
                {
                    return false;
                }

                continue;
            }

            if (cursor.Read > longBlock && !_codes.AreJoined)
            {
                _codes.Join();
            }

            RunFast(ref cursor, _codes.AreJoined ? cursor.Input.Length : Math.Min(cursor.Input.Length, longBlock + InputSlack));
        }

        return true;
    }

    /// <summary>Keeps the end of what was written for the matches of the next call.</summary>
    void Remember(ReadOnlySpan<byte> written)
    {
        if (written.Length >= Codes.Window)
        {
            written[^Codes.Window..].CopyTo(_history);
            _historyLength = Codes.Window;
            return;
        }

        var kept = Math.Min(_historyLength, Codes.Window - written.Length);
        _history.AsSpan(_historyLength - kept, kept).CopyTo(_history);
        written.CopyTo(_history.AsSpan(kept));
        _historyLength = kept + written.Length;
    }
}
