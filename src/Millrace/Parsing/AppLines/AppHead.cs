using Millrace.Events;

namespace Millrace.Parsing.AppLines;

/// <summary>
/// Reads what stands before the message of an event: time, level, thread, logger. One grammar covers the layouts, so that no layout is
/// guessed for a file; where two layouts look alike, the more usual one wins.
/// </summary>
/// <param name="line">The event's first line.</param>
/// <param name="values">The fields to fill, in the order of <see cref="AppLineParser"/>.</param>
/// <param name="zone">The zone of times that name none.</param>
/// <param name="times">Reads the usual times in that zone.</param>
ref partial struct AppHead(ReadOnlySpan<byte> line, FieldValue[] values, LocalZone zone, IsoMemo times)
{
    readonly ReadOnlySpan<byte> _line = line;
    int _at;
    bool _isTimeBracketed;
    bool _isLevelBracketed;
    bool _endsInColon;
    bool _onlyQualifiedLogger;

    /// <summary>Where the message starts in the line.</summary>
    public readonly int MessageStart => _at;

    readonly ReadOnlySpan<byte> Rest => _line[_at..];

    readonly bool IsAtEnd => _at == _line.Length;

    /// <summary>True where the line starts an event. A certain time and any text are enough: whether there is a level does not matter then.</summary>
    public bool StartsEvent()
    {
        if (!IsAtEnd && char.IsAsciiDigit((char)_line[0]) && TryTime(out var isCertain) && isCertain && TryText())
        {
            return true;
        }

        _at = 0;
        return TryRead();
    }

    /// <summary>Reads the head; false where the line does not start an event.</summary>
    public bool TryRead()
    {
        Array.Clear(values);
        return !IsAtEnd && _line[0] switch
        {
            >= (byte)'0' and <= (byte)'9' => TryTime(out var isCertain) && TryAfterTime(isCertain),
            (byte)'[' => TryBracketFirst(),
            _ => TryLevelFirst(),
        };
    }

    /// <summary>Reads a time of any kind. It is certain where it names a day in a way that nothing else looks like.</summary>
    bool TryTime(out bool isCertain)
    {
        isCertain = false;
        var text = Rest;
        if (text.Length < 8)
        {
            return false;
        }

        if (text[2] == ':')
        {
            var isClock = TimeText.TryReadClock(text, out var clockLength);
            _at += clockLength;
            return isClock;
        }

        var isCompact = text[6] == ' ';
        long micros;
        int length;
        var isRead = text[2] switch
        {
            (byte)'/' => TimeText.TryReadShort(text, zone, out micros, out length),
            (byte)'-' => TimeText.TryReadDayMonthYear(text, zone, out micros, out length),
            _ when isCompact => TimeText.TryReadCompact(text, zone, out micros, out length),
            _ => times.TryRead(text, out micros, out length),
        };
        if (isRead)
        {
            isCertain = !isCompact;
            values[AppLineParser.Time] = FieldValue.Of(micros, _at, length);
            _at += length;
        }

        return isRead;
    }

    /// <summary>Reads on after the time: with a level, or where the time is certain, text alone.</summary>
    bool TryAfterTime(bool isCertain)
    {
        var afterTime = _at;
        if (TryLevelled())
        {
            return true;
        }

        var time = values[AppLineParser.Time];
        Array.Clear(values);
        values[AppLineParser.Time] = time;
        _at = afterTime;
        return isCertain && TryText();
    }

    bool TryText()
    {
        var afterTime = _at;
        SkipBlanks();
        if (!IsAtEnd && _line[_at] == '|')
        {
            _at++;
            SkipBlanks();
            return !IsAtEnd;
        }

        if (_at == afterTime && !_isTimeBracketed)
        {
            return false;
        }

        SkipSeparator();
        return !IsAtEnd;
    }

    bool TryLevelled()
    {
        var afterTime = _at;
        SkipBlanks();
        if (IsAtEnd)
        {
            return false;
        }

        switch (_line[_at])
        {
            case (byte)'|':
                _at++;
                return TryBars();
            case (byte)':' when _at == afterTime:
                _at++;
                return TryLevelWord() && _endsInColon && ReadTail();
            case (byte)',' when _at == afterTime:
                _at++;
                return !IsAtEnd && AppText.IsBlank(_line[_at]) && TryLevel(isDashed: false) && ReadTail();
            case (byte)'[':
                return TryLevel(isDashed: false) && ReadTail();
            default:
                return (_at > afterTime || _isTimeBracketed) && TryLevel(SkipSeparator()) && ReadTail();
        }
    }

    /// <summary>Reads a bracket with its closing one; brackets inside are pairs. The content is trimmed, and absent where it is empty or a dash.</summary>
    bool TryBracket(out FieldValue content)
    {
        var depth = 0;
        for (var end = _at; ; end++)
        {
            var step = _line[end..].IndexOfAny((byte)'[', (byte)']');
            if (step < 0)
            {
                content = default;
                return false;
            }

            end += step;
            depth += _line[end] == '[' ? 1 : -1;
            if (depth == 0)
            {
                content = Trimmed(_at + 1, end);
                _at = end + 1;
                return true;
            }
        }
    }

    /// <summary>Passes over a dash or a colon that stands alone, and the blanks behind it.</summary>
    bool SkipSeparator()
    {
        if (IsAtEnd || _line[_at] is not ((byte)'-' or (byte)':') || !IsBlankOrEnd(_at + 1))
        {
            return false;
        }

        _at++;
        SkipBlanks();
        return true;
    }

    int SkipBlanks()
    {
        var start = _at;
        while (_at < _line.Length && AppText.IsBlank(_line[_at]))
        {
            _at++;
        }

        return _at - start;
    }

    readonly FieldValue Trimmed(int start, int end)
    {
        var text = _line[start..end];
        start += text.Length - text.TrimStart(" \t"u8).Length;
        text = text.Trim(" \t"u8);
        return text.IsEmpty || text is [(byte)'-'] ? default : FieldValue.Text(start, text.Length);
    }

    readonly bool IsBlankOrEnd(int at) => at == _line.Length || AppText.IsBlank(_line[at]);

    readonly ReadOnlySpan<byte> TextOf(FieldValue value) => _line.Slice(value.Start, value.Length);

    readonly void SetIfAbsent(int field, FieldValue value)
    {
        if (!values[field].HasValue)
        {
            values[field] = value;
        }
    }
}
