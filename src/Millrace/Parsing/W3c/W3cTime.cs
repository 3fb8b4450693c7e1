using Millrace.Events;

namespace Millrace.Parsing.W3c;

/// <summary>Date and time of one line, which are values of their own; UTC unless both are local.</summary>
struct W3cTime
{
    long _date;
    long _timeOfDay;
    int _dateStart;
    int _timeStart;
    int _timeLength;
    bool _hasDate;
    bool _hasTime;
    bool _isLocal;

    /// <summary>Reads <c>yyyy-MM-dd</c>. A second date of the line is only checked.</summary>
    public bool TryReadDate(ReadOnlySpan<byte> text, int start, bool isLocal)
    {
        if (text.Length != 10 || text[4] != '-' || text[7] != '-'
            || !TimeText.TryDigits(text, 0, 4, out var year) || !TimeText.TryDigits(text, 5, 2, out var month) || !TimeText.TryDigits(text, 8, 2, out var day)
            || !TimeText.TryDate(year, month, day, out var micros))
        {
            return false;
        }

        if (!_hasDate)
        {
            _date = micros;
            _dateStart = start;
            _hasDate = true;
            _isLocal = isLocal;
        }

        return true;
    }

    /// <summary>Reads <c>HH:mm:ss</c>, with or without a fraction. A second time of the line is only checked.</summary>
    public bool TryReadTime(ReadOnlySpan<byte> text, int start, bool isLocal)
    {
        if (!TimeText.TryTimeOfDay(text, out var micros) || (text.Length > 8 && !TryAddFraction(text[8..], ref micros)))
        {
            return false;
        }

        if (!_hasTime)
        {
            _timeOfDay = micros;
            _timeStart = start;
            _timeLength = text.Length;
            _hasTime = true;
            _isLocal |= isLocal;
        }

        return true;
    }

    /// <summary>Date and time together, and where they stand; false where the line lacks one.</summary>
    public readonly bool TryJoin(LocalZone zone, out long micros, out int start, out int length)
    {
        micros = _isLocal ? zone.ToUtc(_date + _timeOfDay) : _date + _timeOfDay;
        start = Math.Min(_dateStart, _timeStart);
        length = Math.Max(_timeStart + _timeLength, _dateStart + 10) - start;
        return _hasDate && _hasTime;
    }

    static bool TryAddFraction(ReadOnlySpan<byte> text, ref long micros)
    {
        var scale = TimeText.MicrosPerSecond;
        foreach (var b in text[1..])
        {
            if (!char.IsAsciiDigit((char)b))
            {
                return false;
            }

            scale /= 10;
            micros += (b - '0') * scale;
        }

        return text[0] is (byte)'.' or (byte)',' && text.Length > 1;
    }
}
