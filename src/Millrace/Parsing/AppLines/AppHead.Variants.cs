namespace Millrace.Parsing.AppLines;

/// <content>Layouts that do not begin with a plain time, and those with bars.</content>
ref partial struct AppHead
{
    const int MaxBarsBeforeLevel = 2;

    /// <summary>Reads <c>[time] …</c>, <c>[time LEVEL logger] …</c> and <c>[L time logger] …</c>.</summary>
    bool TryBracketFirst()
    {
        _at = 1;
        if (_line.Length > 3 && AppText.IsBlank(_line[2]) && AppText.IsLevelLabel(_line[1..2]))
        {
            values[AppLineParser.Level] = FieldValue.Text(1, 1);
            _at = 2;
            SkipBlanks();
            return TryTime(out _) && TryRestOfBracket();
        }

        if (!TryTime(out var isCertain) || IsAtEnd)
        {
            return false;
        }

        if (_line[_at] == ']')
        {
            _at++;
            _isTimeBracketed = true;
            return TryAfterTime(isCertain);
        }

        if (SkipBlanks() == 0)
        {
            return false;
        }

        var run = AppText.LetterRun(Rest);
        if (!AppText.IsLevelLabel(Rest[..run]))
        {
            return false;
        }

        values[AppLineParser.Level] = FieldValue.Text(_at, run);
        _at += run;
        return TryRestOfBracket();
    }

    /// <summary>Reads the logger, if there is one, and the closing bracket.</summary>
    bool TryRestOfBracket()
    {
        var end = Rest.IndexOf((byte)']');
        if (end < 0 || (end > 0 && !AppText.IsBlank(_line[_at])))
        {
            return false;
        }

        var logger = Trimmed(_at, _at + end);
        if (TextOf(logger).IndexOfAny((byte)' ', (byte)'\t') >= 0)
        {
            return false;
        }

        values[AppLineParser.Logger] = logger;
        _onlyQualifiedLogger = true;
        _at += end + 1;
        return ReadTail();
    }

    bool TryLevelFirst()
    {
        var run = AppText.LetterRun(_line);
        if (run == 0 || run == _line.Length)
        {
            return false;
        }

        return (_line[run], run) switch
        {
            ((byte)':', _) => TryUntimed(run),
            ((byte)',', 1) => TryRuby(),
            ((byte)' ' or (byte)'\t', _) => TryLevelWord() && TryTimeAfterLevel(),
            _ => false,
        };
    }

    /// <summary>Reads the two layouts without a time: Python's <c>LEVEL:name:message</c> and .NET's <c>level: Category[0]</c>.</summary>
    bool TryUntimed(int run)
    {
        var level = _line[..run];
        values[AppLineParser.Level] = FieldValue.Text(0, run);
        _at = run + 1;
        return AppText.IsCapitals(level)
            ? AppText.IsLevelWord(level) && TryColonLogger()
            : AppText.IsLevelLabel(level) && IsBlankOrEnd(_at) && TryCategory();
    }

    /// <summary>Reads <c>I, [time #pid]  INFO -- program: message</c>.</summary>
    bool TryRuby()
    {
        _at = 4;
        if (!_line[1..].StartsWith(", ["u8) || !TryTime(out _) || !Rest.StartsWith(" #"u8))
        {
            return false;
        }

        _at += 2;
        var pid = FieldValue.Text(_at, AppText.DigitRun(Rest));
        _at += pid.Length;
        if (pid.Length == 0 || !Rest.StartsWith("]"u8))
        {
            return false;
        }

        _at++;
        SkipBlanks();
        var level = FieldValue.Text(_at, AppText.LetterRun(Rest));
        _at += level.Length;
        SkipBlanks();
        var colon = Rest.IndexOf(": "u8);
        if (level.Length == 0 || !Rest.StartsWith("-- "u8) || colon < 0)
        {
            return false;
        }

        values[AppLineParser.Pid] = pid;
        values[AppLineParser.Level] = level;
        values[AppLineParser.Logger] = Trimmed(_at + 3, _at + colon);
        _at += colon + 1;
        SkipBlanks();
        return true;
    }

    /// <summary>Reads on in <c>LEVEL [time] …</c>, <c>LEVEL time …</c> and <c>LEVEL [thread] time …</c>.</summary>
    bool TryTimeAfterLevel()
    {
        SkipBlanks();
        if (IsAtEnd || _line[_at] != '[')
        {
            return TryTime(out _) && IsBlankOrEnd(_at) && ReadTail();
        }

        var bracket = _at++;
        if (TryTime(out _) && Rest.StartsWith("]"u8))
        {
            _at++;
            return ReadTail();
        }

        values[AppLineParser.Time] = default;
        _at = bracket;
        if (!TryBracket(out var thread) || SkipBlanks() == 0 || !TryTime(out _) || !IsBlankOrEnd(_at))
        {
            return false;
        }

        values[AppLineParser.Thread] = thread;
        return ReadTail();
    }

    /// <summary>Reads on after the bar behind the time: <c>LEVEL|logger|message</c> with more between them, or loguru's <c>LEVEL | module:function:12 - message</c>.</summary>
    bool TryBars()
    {
        for (var piece = 0; piece <= MaxBarsBeforeLevel; piece++)
        {
            var bar = Rest.IndexOf((byte)'|');
            var end = bar < 0 ? _line.Length : _at + bar;
            var content = Trimmed(_at, end);
            _at = bar < 0 ? end : end + 1;
            if (AppText.IsLevelLabel(TextOf(content)))
            {
                values[AppLineParser.Level] = content;
                ReadBars();
                SkipBlanks();
                return true;
            }

            SetIfAbsent(AppLineParser.Thread, content);
        }

        return false;
    }

    void ReadBars()
    {
        SkipBlanks();
        var (first, afterFirst) = Piece(_at);
        if (afterFirst < 0)
        {
            TryLogger(onlyQualified: true);
            return;
        }

        var (second, afterSecond) = Piece(afterFirst);
        if (!values[AppLineParser.Thread].HasValue
            && (AppText.IsNumber(TextOf(first)) || (afterSecond >= 0 && AppText.IsDotted(TextOf(second)) && !AppText.IsDotted(TextOf(first)))))
        {
            values[AppLineParser.Thread] = first;
            _at = afterFirst;
            (first, afterFirst) = (second, afterSecond);
        }

        if (first.HasValue && afterFirst >= 0 && AppText.NameRun(TextOf(first)) == first.Length)
        {
            values[AppLineParser.Logger] = first;
            _at = afterFirst;
        }
    }

    /// <summary>The piece of text before the next bar, and where the one after it starts; below 0 where there is no bar.</summary>
    readonly (FieldValue Content, int Next) Piece(int start)
    {
        var bar = _line[start..].IndexOf((byte)'|');
        return bar < 0 ? (default, -1) : (Trimmed(start, start + bar), start + bar + 1);
    }
}
