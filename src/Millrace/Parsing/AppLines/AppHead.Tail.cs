namespace Millrace.Parsing.AppLines;

/// <content>What stands between the level and the message.</content>
ref partial struct AppHead
{
    const int MaxBrackets = 3;

    /// <summary>Reads thread and logger where they stand behind the level. There is always a message behind them, so this is always true.</summary>
    bool ReadTail()
    {
        if (!TryReadToMessage())
        {
            SkipBlanks();
            SkipSeparator();
        }

        return true;
    }

    /// <summary>Reads thread and logger; true where what parts them from the message is read as well.</summary>
    bool TryReadToMessage()
    {
        if (_endsInColon && (TryColonLogger() || TryCategory()))
        {
            return true;
        }

        if (values[AppLineParser.Logger].HasValue)
        {
            return false;
        }

        return TrySpring() ? TryLogger(onlyQualified: false) : !TryTrailingLogger() && TryThreadAndLogger();
    }

    bool TryThreadAndLogger()
    {
        SkipBlanks();
        var afterLevel = _at;
        var afterFirst = _at;
        FieldValue first = default;
        for (var count = 0; count < MaxBrackets && !IsAtEnd && _line[_at] == '[' && TryBracket(out var content); count++)
        {
            if (count == 0)
            {
                first = content;
                afterFirst = _at;
            }

            SkipBlanks();
        }

        var isDotted = AppText.IsDotted(TextOf(first));
        if (TryLogger(SkipSeparator() || isDotted || _onlyQualifiedLogger))
        {
            SetIfAbsent(AppLineParser.Thread, first);
            return true;
        }

        _at = afterLevel;
        if (isDotted)
        {
            values[AppLineParser.Logger] = first;
            _at = afterFirst;
        }
        else if (afterFirst > afterLevel && !values[AppLineParser.Thread].HasValue)
        {
            SetThread(first);
            _at = afterFirst;
        }

        return false;
    }

    /// <summary>Sets the thread, and the logger where the two stand together as <c>thread:Class@line</c> (ZooKeeper).</summary>
    readonly void SetThread(FieldValue value)
    {
        values[AppLineParser.Thread] = value;
        var text = TextOf(value);
        var at = text.LastIndexOf((byte)'@');
        var colon = text[..Math.Max(at, 0)].LastIndexOf((byte)':');
        if (colon <= 0 || at == colon + 1 || !AppText.IsNumber(text[(at + 1)..]) || AppText.NameRun(text[(colon + 1)..at]) != at - colon - 1)
        {
            return;
        }

        values[AppLineParser.Thread] = FieldValue.Text(value.Start, colon);
        values[AppLineParser.Logger] = FieldValue.Text(value.Start + colon + 1, at - colon - 1);
    }

    /// <summary>Reads a name that is followed by a colon, by a dash or a colon that stands alone, by a tab among tabs, or, if it is dotted, by a bracket.</summary>
    bool TryLogger(bool onlyQualified)
    {
        var rest = Rest;
        var run = AppText.NameRun(rest);
        var length = run;
        if (run == 0)
        {
            return false;
        }

        var next = run;
        if (rest[run - 1] == ':')
        {
            length--;
            if (length == 0 || rest[length - 1] == ':' || !IsBlankOrEnd(_at + run))
            {
                return false;
            }
        }
        else if (!TryLoggerEnd(run, out next))
        {
            return false;
        }

        if (onlyQualified && !AppText.IsQualified(rest[..length]))
        {
            return false;
        }

        values[AppLineParser.Logger] = FieldValue.Text(_at, length);
        _at += next;
        SkipBlanks();
        return true;
    }

    readonly bool TryLoggerEnd(int run, out int next)
    {
        var rest = Rest;
        next = run;
        while (next < rest.Length && AppText.IsBlank(rest[next]))
        {
            next++;
        }

        if (next == run || next == rest.Length)
        {
            return false;
        }

        if (rest[next] is (byte)'-' or (byte)':' && IsBlankOrEnd(_at + next + 1))
        {
            next++;
            return true;
        }

        return rest[next] == '[' ? AppText.IsDotted(rest[..run]) : rest[run] == '\t' && _at > 0 && _line[_at - 1] == '\t';
    }

    /// <summary>Reads the name of Python's <c>LEVEL:name:message</c>.</summary>
    bool TryColonLogger()
    {
        var colon = Rest.IndexOf((byte)':');
        if (colon <= 0 || AppText.NameRun(Rest[..colon]) != colon)
        {
            return false;
        }

        values[AppLineParser.Logger] = FieldValue.Text(_at, colon);
        _at += colon + 1;
        SkipBlanks();
        return true;
    }

    /// <summary>Reads <c>Category[0]</c> that ends the line, as .NET's console logger writes it; the message follows on the lines below.</summary>
    bool TryCategory()
    {
        var start = _at;
        SkipBlanks();
        var rest = Rest;
        var bracket = rest.LastIndexOf((byte)'[');
        if (bracket <= 0 || rest[^1] != ']' || !AppText.IsNumber(rest[(bracket + 1)..^1]) || AppText.NameRun(rest) != rest.Length)
        {
            _at = start;
            return false;
        }

        values[AppLineParser.Logger] = FieldValue.Text(_at, bracket);
        _at = _line.Length;
        return true;
    }

    /// <summary>Finds Kafka's logger in round brackets at the end of the line; it stays in the message, which is one piece of text.</summary>
    readonly bool TryTrailingLogger()
    {
        if (!_isTimeBracketed || _isLevelBracketed || !_line.EndsWith((byte)')'))
        {
            return false;
        }

        var open = _line.LastIndexOf((byte)'(');
        if (open <= _at || !AppText.IsBlank(_line[open - 1]) || !AppText.IsDotted(_line[(open + 1)..^1]))
        {
            return false;
        }

        values[AppLineParser.Logger] = FieldValue.Text(open + 1, _line.Length - open - 2);
        return true;
    }

    /// <summary>Reads Spring Boot's <c>[app,trace,span] pid --- [app] [thread] [trace-span] logger :</c>, of which much may be missing.</summary>
    bool TrySpring()
    {
        var start = _at;
        FieldValue front = default;
        SkipBlanks();
        if (!IsAtEnd && _line[_at] == '[' && !TryBracket(out front))
        {
            return Back(start);
        }

        SkipBlanks();
        var pid = FieldValue.Text(_at, AppText.DigitRun(Rest));
        _at += pid.Length;
        SkipBlanks();
        if (!Rest.StartsWith("---"u8) || (_at += 3) == _line.Length)
        {
            return Back(start);
        }

        SkipBlanks();
        if (IsAtEnd || _line[_at] != '[' || !TryBracket(out var thread))
        {
            return Back(start);
        }

        values[AppLineParser.Pid] = pid.Length > 0 ? pid : default;
        SetAppAndTrace(front);
        ReadSpringBrackets(thread);
        SkipBlanks();
        return true;
    }

    void ReadSpringBrackets(FieldValue first)
    {
        FieldValue app = default;
        var thread = first;
        for (var count = 1; count < MaxBrackets && SkipToBracket() && TryBracket(out var content); count++)
        {
            if (!content.HasValue)
            {
                continue;
            }

            if (AppText.IsCorrelation(TextOf(content), out var traceLength))
            {
                values[AppLineParser.TraceId] = FieldValue.Text(content.Start, traceLength);
            }
            else
            {
                (app, thread) = (thread, content);
            }
        }

        SetIfAbsent(AppLineParser.Service, app);
        values[AppLineParser.Thread] = thread;
    }

    void SetAppAndTrace(FieldValue front)
    {
        var text = TextOf(front);
        var comma = text.IndexOf((byte)',');
        if (comma < 0)
        {
            values[AppLineParser.Service] = front;
            return;
        }

        values[AppLineParser.Service] = Trimmed(front.Start, front.Start + comma);
        var trace = text[(comma + 1)..];
        var end = trace.IndexOf((byte)',');
        var traceStart = front.Start + comma + 1;
        values[AppLineParser.TraceId] = Trimmed(traceStart, traceStart + (end < 0 ? trace.Length : end));
    }

    bool SkipToBracket()
    {
        SkipBlanks();
        return !IsAtEnd && _line[_at] == '[';
    }

    bool Back(int start)
    {
        _at = start;
        return false;
    }
}
