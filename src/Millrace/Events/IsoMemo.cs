using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Millrace.Events;

/// <summary>
/// Reads times as <see cref="TimeText.TryReadIso"/> does, in all its ways of writing, but remembers the minute that came last, so that seconds, fraction and zone are
/// left to read. Serves one thread.
/// </summary>
/// <param name="zone">The zone of a time that names none.</param>
sealed class IsoMemo(LocalZone zone)
{
    const int MinuteLength = 16;
    const int SecondsLength = 19;

    // A time up to its minute, as it stands in the text, and the microseconds since 1970 of that minute on the local clock.
    readonly byte[] _minute = new byte[MinuteLength];
    long _minuteMicros;
    readonly LocalZone _clock = new(TimeZoneInfo.Utc);

    /// <summary>Reads a time from the start of a text.</summary>
    /// <param name="text">The text; more may follow.</param>
    /// <param name="micros">UTC microseconds since 1970.</param>
    /// <param name="length">How many bytes were read.</param>
    public bool TryRead(ReadOnlySpan<byte> text, out long micros, out int length)
    {
        if (!HasSeconds(text, out var seconds))
        {
            return TimeText.TryReadIso(text, zone, out micros, out length);
        }

        if (Vector128.LoadUnsafe(ref MemoryMarshal.GetReference(text)) != Vector128.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(_minute)) && !TryRemember(text))
        {
            return TimeText.TryReadIso(text, zone, out micros, out length);
        }

        length = SecondsLength;
        var local = _minuteMicros + (seconds * TimeText.MicrosPerSecond);
        TimeText.TakeFraction(text, ref local, ref length);
        micros = TimeText.TakeZone(text, local, zone, ref length);
        return true;
    }

    static bool HasSeconds(ReadOnlySpan<byte> text, out int seconds)
    {
        seconds = 0;
        return text.Length >= SecondsLength && text[MinuteLength] == ':' && TimeText.TryDigits(text, MinuteLength + 1, 2, out seconds) && seconds <= 60;
    }

    bool TryRemember(ReadOnlySpan<byte> text)
    {
        // Without what stands behind the seconds no zone is looked for, and the local time is that of the zone without an offset.
        if (!TimeText.TryReadIso(text[..SecondsLength], _clock, out var micros, out var length) || length != SecondsLength)
        {
            return false;
        }

        text[..MinuteLength].CopyTo(_minute);
        _minuteMicros = micros - (((text[17] - '0') * 10) + (text[18] - '0')) * TimeText.MicrosPerSecond;
        return true;
    }
}
