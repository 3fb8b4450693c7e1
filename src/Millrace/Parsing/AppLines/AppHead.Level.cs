namespace Millrace.Parsing.AppLines;

/// <content>What stands between the time and the level.</content>
ref partial struct AppHead
{
    const int MaxItemsBeforeLevel = 5;

    /// <summary>Reads up to the level: what may stand before it are threads in brackets, a process id, and with dashes between them names.</summary>
    bool TryLevel(bool isDashed)
    {
        for (var item = 0; item <= MaxItemsBeforeLevel; item++)
        {
            SkipBlanks();
            if (IsAtEnd)
            {
                return false;
            }

            if (_line[_at] == '[')
            {
                if (!TryBracket(out var content))
                {
                    return false;
                }

                if (AppText.IsLevelLabel(TextOf(content)))
                {
                    values[AppLineParser.Level] = content;
                    _isLevelBracketed = true;

                    // Serilog's own layout, known by its levels of three letters, has no logger: "[INF] Stopped: …" is a message.
                    _onlyQualifiedLogger = content.Length == 3;
                    return true;
                }

                SetIfAbsent(AppLineParser.Thread, content);
            }
            else if (TryLevelWord() || TryChannel())
            {
                return true;
            }
            else if (!TryProcessId() && !(isDashed && TryNameBeforeDash()))
            {
                return false;
            }

            if (isDashed)
            {
                SkipBlanks();
                SkipSeparator();
            }
        }

        return false;
    }

    bool TryLevelWord()
    {
        var rest = Rest;
        var length = AppText.LetterRun(rest);
        if (!AppText.IsLevelWord(rest[..length]) || !(length == rest.Length || rest[length] is (byte)' ' or (byte)'\t' or (byte)':' or (byte)'['))
        {
            return false;
        }

        values[AppLineParser.Level] = FieldValue.Text(_at, length);
        _endsInColon = length < rest.Length && rest[length] == ':';
        _onlyQualifiedLogger = _endsInColon;
        _at += _endsInColon ? length + 1 : length;
        return true;
    }

    /// <summary>Reads Monolog's <c>channel.LEVEL:</c>.</summary>
    bool TryChannel()
    {
        var run = AppText.NameRun(Rest);
        var dot = Rest[..run].LastIndexOf((byte)'.');
        if (dot <= 0 || Rest[run - 1] != ':' || !IsBlankOrEnd(_at + run))
        {
            return false;
        }

        var level = Rest[(dot + 1)..(run - 1)];
        if (!AppText.IsCapitals(level) || !AppText.IsLevelWord(level))
        {
            return false;
        }

        values[AppLineParser.Logger] = FieldValue.Text(_at, dot);
        values[AppLineParser.Level] = FieldValue.Text(_at + dot + 1, level.Length);
        _at += run;
        return true;
    }

    bool TryProcessId()
    {
        var run = AppText.DigitRun(Rest);
        if (run == 0 || !IsBlankOrEnd(_at + run))
        {
            return false;
        }

        SetIfAbsent(AppLineParser.Pid, FieldValue.Text(_at, run));
        _at += run;
        return true;
    }

    bool TryNameBeforeDash()
    {
        var run = AppText.NameRun(Rest);
        var name = FieldValue.Text(_at, run);
        var field = values[AppLineParser.Logger].HasValue ? AppLineParser.Thread : AppLineParser.Logger;
        if (run == 0 || values[field].HasValue)
        {
            return false;
        }

        _at += run;
        values[field] = name;
        return SkipBlanks() > 0 && SkipSeparator();
    }
}
