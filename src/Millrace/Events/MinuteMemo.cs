using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Millrace.Events;

/// <summary>
/// Reads the commonest way of writing a time, <c>2026-11-22T10:00:00.123Z</c>, as <see cref="TimeText.TryReadIso"/> does, but remembers the minute that came last, so
/// that only seconds and milliseconds are left to read. Serves one thread.
/// </summary>
/// <param name="zone">What a minute that is not remembered is read with.</param>
sealed class MinuteMemo(LocalZone zone)
{
    /// <summary>The length of such a text.</summary>
    public const int Length = 24;

    const int MinuteLength = 16;

    readonly byte[] _minute = new byte[MinuteLength];
    long _minuteMicros;

    /// <summary>Reads a whole text; false for any other text than such a time.</summary>
    public bool TryRead(ReadOnlySpan<byte> text, out long micros)
    {
        micros = 0;
        if (text.Length != Length || text[16] != ':' || text[19] != '.' || text[23] != 'Z')
        {
            return false;
        }

        var minute = Vector128.LoadUnsafe(ref MemoryMarshal.GetReference(text));
        if (minute != Vector128.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(_minute)))
        {
            return TryReadMinute(text, out micros);
        }

        micros = _minuteMicros + MicrosInMinute(text);
        return AreDigits(text) && text[17] <= '5';
    }

    static bool AreDigits(ReadOnlySpan<byte> text) =>
        (uint)(text[17] - '0') <= 9 & (uint)(text[18] - '0') <= 9 & (uint)(text[20] - '0') <= 9 & (uint)(text[21] - '0') <= 9 & (uint)(text[22] - '0') <= 9;

    static long MicrosInMinute(ReadOnlySpan<byte> text)
    {
        var seconds = ((text[17] - '0') * 10) + (text[18] - '0');
        var millis = ((text[20] - '0') * 100) + ((text[21] - '0') * 10) + (text[22] - '0');
        return ((seconds * 1_000L) + millis) * 1_000;
    }

    bool TryReadMinute(ReadOnlySpan<byte> text, out long micros)
    {
        if (!TimeText.TryReadIso(text, zone, out micros, out var length) || length != Length || text[17] > '5')
        {
            return false;
        }

        text[..MinuteLength].CopyTo(_minute);
        _minuteMicros = micros - MicrosInMinute(text);
        return true;
    }
}
