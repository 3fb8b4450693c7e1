using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Millrace.Events;
using Millrace.Parsing.Lines;

namespace Millrace.Parsing.Layouts;

/// <summary>
/// The beginning that nearly all access logs share, <c>address identd user [time] "request" status</c>, read in one go: the places of all its fields follow
/// from the spaces of the first bytes and from two quotes, so that none has to wait for the one before.
/// </summary>
sealed partial class LayoutParser
{
    // ` [22/Nov/2026:10:00:00 +0000] "`: the time's text, and what stands around it up to the request's quote.
    const int TimeLength = 26;
    const int TimeOffset = 2;
    const int SecondsOffset = TimeOffset + 18;
    const int TimeToQuote = TimeOffset + TimeLength + 2;

    // From the request's closing quote.
    const int StatusOffset = 2;
    const int StatusLength = 3;

    // All but the seconds, and the request's first byte.
    static Vector256<byte> MinuteMask
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector256.Create(
            0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
            0xff, 0xff, 0xff, 0xff, 0, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, (byte)0);
    }

    Vector256<byte> _minuteText;
    long _minuteMicros;

    /// <summary>
    /// Reads the fields from one on, and those of the combined format behind them where the layout has them. Returns where the last one's terminator stands; -1 where
    /// the line is not as usual, and then what is set means nothing.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    nint ReadAccessHead(ref byte text, nint position, nint length, ref LayoutStep step, in LineQuotes quotes, int quote, ref FieldValue value)
    {
        var shape = step.Head;
        ref readonly var last = ref Unsafe.Add(ref step, shape.Length - 1);
        if (quote + (shape.HasTail ? 6 : 2) > quotes.Count || position + Reach > length)
        {
            return -1;
        }

        ref readonly var marks = ref quotes.From(quote);
        nint open = marks - quotes.LineStart;
        nint close = Unsafe.Add(ref Unsafe.AsRef(in marks), 1) - quotes.LineStart;
        var time = open - TimeToQuote;
        if (time < position || close + StatusOffset + StatusLength + sizeof(ulong) > length)
        {
            return -1;
        }

        var spaces = Find(ref text, position, (byte)' ');
        var first = position + BitOperations.TrailingZeroCount(spaces);
        spaces &= spaces - 1;
        var second = position + BitOperations.TrailingZeroCount(spaces);
        spaces &= spaces - 1;
        var third = position + BitOperations.TrailingZeroCount(spaces);
        var tens = (uint)At(ref text, time + SecondsOffset) - '0';
        var ones = (uint)At(ref text, time + SecondsOffset + 1) - '0';
        var hundreds = (uint)At(ref text, close + StatusOffset) - '0';
        var statusTens = (uint)At(ref text, close + StatusOffset + 1) - '0';
        var statusOnes = (uint)At(ref text, close + StatusOffset + 2) - '0';

        // All true for all but odd lines, so that these branches cost next to nothing.
        if (third != time
            || (Vector256.LoadUnsafe(ref text, (nuint)time) & MinuteMask) != _minuteText
            || tens > 5 || ones > 9 || hundreds > 9 || statusTens > 9 || statusOnes > 9
            || At(ref text, close - 1) == '\\' || At(ref text, close + 1) != ' '
            || !(shape.HasIdent || (second == first + 2 && At(ref text, first + 1) == '-')))
        {
            return -1;
        }

        var wanted = shape.Wanted;
        if ((wanted & 1) != 0)
        {
            SetText(ref text, position, first, TextEscape.None, ref value);
        }

        if (shape.HasIdent)
        {
            wanted >>= 1;
            value = ref Unsafe.Add(ref value, 1);
            if ((wanted & 1) != 0)
            {
                SetText(ref text, first + 1, second, TextEscape.None, ref value);
            }
        }

        if ((wanted & (1 << 1)) != 0)
        {
            SetText(ref text, second + 1, third, TextEscape.None, ref Unsafe.Add(ref value, 1));
        }

        if ((wanted & (1 << 3)) != 0)
        {
            SetText(ref text, open + 1, close, TextEscape.Backslash, ref Unsafe.Add(ref value, 3));
        }

        SetNumber(_minuteMicros + (((tens * 10) + ones) * TimeText.MicrosPerSecond), time + TimeOffset, TimeLength, ref Unsafe.Add(ref value, 2));
        SetNumber((hundreds * 100) + (statusTens * 10) + statusOnes, close + StatusOffset, StatusLength, ref Unsafe.Add(ref value, 4));
        var end = close + StatusOffset + StatusLength;
        return shape.HasTail ? ReadAccessTail(ref text, end, length, in last, in marks, quotes.LineStart, wanted >> 5, ref Unsafe.Add(ref value, 5))
            : (Load(ref text, end) & last.TerminatorMask) == last.Terminator ? end
            : -1;
    }

    /// <summary>Reads <c> bytes "referrer" "agent</c> from the end of the status on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static nint ReadAccessTail(ref byte text, nint statusEnd, nint length, in LayoutStep last, in int marks, int lineStart, int wanted, ref FieldValue value)
    {
        ref var mark = ref Unsafe.AsRef(in marks);
        nint referrer = Unsafe.Add(ref mark, 2) - lineStart;
        nint referrerClose = Unsafe.Add(ref mark, 3) - lineStart;
        nint agent = Unsafe.Add(ref mark, 4) - lineStart;
        nint agentClose = Unsafe.Add(ref mark, 5) - lineStart;
        var bytes = statusEnd + 1;
        var digits = Digits.TryReadShort(ref text, (int)bytes, (int)length, out value.Number);
        value.HasValue = digits > 0;
        if (digits <= 0)
        {
            if (digits < 0 || At(ref text, bytes) != '-')
            {
                return -1;
            }

            digits = 1;
        }

        value.Start = (int)bytes;
        value.Length = digits;
        if (bytes + digits + 1 != referrer || At(ref text, statusEnd) != ' ' || At(ref text, referrer - 1) != ' '
            || referrerClose + 2 != agent || At(ref text, agent - 1) != ' ' || At(ref text, referrerClose - 1) == '\\' || At(ref text, agentClose - 1) == '\\'
            || (last.TerminatorLength > 1 && (agentClose + sizeof(ulong) > length || (Load(ref text, agentClose) & last.TerminatorMask) != last.Terminator)))
        {
            return -1;
        }

        if ((wanted & (1 << 1)) != 0)
        {
            SetText(ref text, referrer + 1, referrerClose, TextEscape.Backslash, ref Unsafe.Add(ref value, 1));
        }

        if ((wanted & (1 << 2)) != 0)
        {
            SetText(ref text, agent + 1, agentClose, TextEscape.Backslash, ref Unsafe.Add(ref value, 2));
        }

        return agentClose;
    }

    /// <summary>Remembers the minute of a time that was read the long way.</summary>
    void RememberMinute(ReadOnlySpan<byte> text, long micros)
    {
        if (text.Length != TimeLength)
        {
            return;
        }

        Span<byte> around = stackalloc byte[Vector256<byte>.Count];
        around.Clear();
        " ["u8.CopyTo(around);
        text.CopyTo(around[TimeOffset..]);
        "] \""u8.CopyTo(around[(TimeOffset + TimeLength)..]);
        var seconds = ((around[SecondsOffset] - '0') * 10) + around[SecondsOffset + 1] - '0';
        _minuteText = Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(around)) & MinuteMask;
        _minuteMicros = micros - (seconds * TimeText.MicrosPerSecond);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static byte At(ref byte text, nint offset) => Unsafe.Add(ref text, offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void SetNumber(long number, nint start, int length, ref FieldValue value)
    {
        value.Number = number;
        value.Start = (int)start;
        value.Length = length;
        value.HasValue = true;
    }
}
