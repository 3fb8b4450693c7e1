using System.Globalization;

namespace Millrace.Generation.Lines;

/// <summary>The text of a second. Neighbouring lines mostly share the minute, so that only its last two digits are written anew.</summary>
/// <param name="pattern">A custom date and time format with two digits of seconds.</param>
sealed class StampText(string pattern)
{
    const int LongestStamp = 40;

    readonly byte[] _text = new byte[LongestStamp];
    readonly int _secondsAt = pattern.Replace("'", "", StringComparison.Ordinal).IndexOf("ss", StringComparison.Ordinal);
    int _length;
    long _minute = -1;

    /// <summary>Valid until the next call.</summary>
    public ReadOnlySpan<byte> At(long unixSecond)
    {
        var minute = unixSecond / 60;
        if (minute != _minute)
        {
            _minute = minute;
            DateTime.UnixEpoch.AddMinutes(minute).TryFormat(_text, out _length, pattern, CultureInfo.InvariantCulture);
        }

        var seconds = (int)(unixSecond - (minute * 60));
        _text[_secondsAt] = (byte)('0' + (seconds / 10));
        _text[_secondsAt + 1] = (byte)('0' + (seconds % 10));
        return _text.AsSpan(0, _length);
    }
}
