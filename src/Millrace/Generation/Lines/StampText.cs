using System.Globalization;

namespace Millrace.Generation.Lines;

/// <summary>The text of a second, kept until another second is asked for: neighbouring lines mostly share it.</summary>
/// <param name="pattern">A custom date and time format.</param>
sealed class StampText(string pattern)
{
    const int LongestStamp = 40;

    readonly byte[] _text = new byte[LongestStamp];
    int _length;
    long _second = -1;

    /// <summary>Valid until the next call.</summary>
    public ReadOnlySpan<byte> At(long unixSecond)
    {
        if (unixSecond != _second)
        {
            _second = unixSecond;
            DateTime.UnixEpoch.AddSeconds(unixSecond).TryFormat(_text, out _length, pattern, CultureInfo.InvariantCulture);
        }

        return _text.AsSpan(0, _length);
    }
}
