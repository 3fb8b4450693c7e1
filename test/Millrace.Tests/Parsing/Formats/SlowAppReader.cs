using System.Text;
using System.Text.RegularExpressions;

namespace Millrace.Tests.Parsing.Formats;

/// <summary>
/// The app format once more, as slowly and as plainly as can be: every piece of the grammar is one regular expression, tried at a position.
/// </summary>
sealed partial class SlowAppReader
{
    const string NameByte = @"[A-Za-z0-9_.$\-/:@#`+<>\[\]]";
    const string Name = $"[A-Za-z_](?>{NameByte}*)";
    const string Dotted = @"[A-Za-z_][A-Za-z0-9_$\-]*(?:\.[A-Za-z0-9_$\-]+)+";
    const string Qualified = $@"(?:{Dotted}|[A-Za-z_]{NameByte}*:{NameByte}*(?<!:))";
    const string Gap = @"(?=[ \t]|\z)";
    const string Bracket = @"\[(?<content>(?>[^\[\]]+|(?<open>\[)|(?<-open>\]))*(?(open)(?!)))\]";
    const string Everyday = "info|warn|warning|debug|error|trace|fatal|critical";
    const string Spellings =
        "trace|trc|trac|trce|verbose|verb|vrb|finest|finer|silly|debug|dbg|debu|dbug|fine|info|inf|information|informational|notice|note|config|success|"
        + "warn|wrn|warning|error|err|erro|eror|severe|fail|failure|fatal|ftl|fata|fatl|crit|critical|alert|emerg|emergency|panic|pani|dpanic";

    static readonly string Capitals = Spellings.ToUpperInvariant();
    static readonly string Label = $"(?i:{Spellings}|[tvdinwecfa])";
    static readonly string Word = $"(?<level>(?>[A-Za-z]+)(?<=(?<![A-Za-z])(?:{Capitals}|(?i:{Everyday}))))";

    readonly Dictionary<string, Regex> _expressions = [];
    readonly Dictionary<string, string> _fields = [];
    string _line = "";
    int _at;
    Match _match = Match.Empty;
    bool _isTimeBracketed;
    bool _isLevelBracketed;
    bool _endsInColon;
    bool _onlyQualified;

    /// <summary>What the line holds, as <see cref="SomeAppLine.Read"/> writes it.</summary>
    public string Read(ReadOnlySpan<byte> bytes)
    {
        var line = Encoding.Latin1.GetString(bytes);
        _line = line.Split('\n')[0];
        _line = _line.EndsWith('\r') ? _line[..^1] : _line;
        _fields.Clear();
        _at = 0;
        _isTimeBracketed = _isLevelBracketed = _endsInColon = _onlyQualified = false;
        if (!Event())
        {
            return "reject: a continuation line without an event above it";
        }

        var message = line[_at..];
        _fields["text"] = message.StartsWith('\r') || message.StartsWith('\n') ? message.TrimStart(' ', '\t', '\r', '\n') : message;
        return string.Concat(SomeAppLine.Binding.Fields.Where(field => _fields.ContainsKey(field.Name)).Select(field => $"{field.Name}={_fields[field.Name]}\n"));
    }

    bool Event()
    {
        if (Take(@"(?=[0-9])"))
        {
            return Time(out var isCertain) && AfterTime(isCertain);
        }

        if (Take(@"\[(?<severity>[tvdinwecfaTVDINWECFA])[ \t]+"))
        {
            return Time(out _) && RestOfBracket();
        }

        if (Take(@"\["))
        {
            if (!Time(out var isCertain))
            {
                return false;
            }

            _isTimeBracketed = Take(@"\]");
            return _isTimeBracketed ? AfterTime(isCertain) : Take($@"[ \t]+(?<severity>(?>[A-Za-z]+)(?<=(?<![A-Za-z]){Label}))") && RestOfBracket();
        }

        return LevelFirst();
    }

    bool LevelFirst()
    {
        if (Take($@"(?<severity>{Capitals}):(?<source>[A-Za-z_](?:(?!:){NameByte})*):[ \t]*"))
        {
            return true;
        }

        if (Take($@"(?![A-Z]+:)(?<severity>{Label}):[ \t]+(?<source>[A-Za-z_]{NameByte}*)\[[0-9]+\]\z"))
        {
            return true;
        }

        if (Take(@"[A-Za-z], \["))
        {
            return Time(out _) && Take(@" #(?<pid>[0-9]+)\][ \t]*(?<severity>[A-Za-z]+)[ \t]*-- (?<source>.*?): [ \t]*") && Tidy("source");
        }

        if (!Take($@"{Word.Replace("level", "severity", StringComparison.Ordinal)}(?=[ \t])[ \t]*"))
        {
            return false;
        }

        var afterLevel = _at;
        if (Take(@"\[") && Time(out _) && Take(@"\]"))
        {
            return Tail();
        }

        _at = afterLevel;
        _fields.Remove("time");
        var thread = Take(Bracket) ? _match.Groups["content"].Value : null;
        if ((thread is not null && !Take(@"[ \t]+")) || !Time(out _) || !Take(Gap))
        {
            return false;
        }

        Set("thread", thread);
        return Tail();
    }

    bool RestOfBracket()
    {
        _onlyQualified = true;
        return Take(@"(?:[ \t]+(?<source>[^\] \t]+))?[ \t]*\]") && Tidy("source") && Tail();
    }

    bool AfterTime(bool isCertain)
    {
        var afterTime = _at;
        if (Levelled())
        {
            return true;
        }

        _at = afterTime;
        foreach (var field in _fields.Keys.Where(field => field != "time").ToList())
        {
            _fields.Remove(field);
        }

        return isCertain && (Take(@"[ \t]*\|") ? Take(@"[ \t]*(?=[^ \t])") : Take($@"(?>[ \t]{(_isTimeBracketed ? '*' : '+')})(?>(?:[-:]{Gap}[ \t]*)?)(?=[^ \t])"));
    }

    bool Levelled()
    {
        if (Take(@"[ \t]*\|"))
        {
            return Bars();
        }

        if (Take(":"))
        {
            return LevelWord() && _endsInColon && Tail();
        }

        if (Take(@",(?=[ \t])|(?=[ \t]*\[)"))
        {
            return Level(isDashed: false) && Tail();
        }

        return (Take(@"[ \t]+") || _isTimeBracketed) && Level(isDashed: Take($"[-:]{Gap}")) && Tail();
    }

    bool Level(bool isDashed)
    {
        for (var item = 0; item < 6; item++)
        {
            Take(@"[ \t]*");
            if (Take(Bracket))
            {
                var content = _match.Groups["content"].Value.Trim(' ', '\t');
                if (Regex.IsMatch(content, $@"\A{Label}\z"))
                {
                    Set("severity", content);
                    _isLevelBracketed = true;
                    _onlyQualified = content.Length == 3;
                    return true;
                }

                SetIfAbsent("thread", content);
            }
            else if (LevelWord() || Channel())
            {
                return true;
            }
            else if (Take($"(?<content>[0-9]+){Gap}"))
            {
                SetIfAbsent("pid", _match.Groups["content"].Value);
            }
            else if (!isDashed || (_fields.ContainsKey("source") && _fields.ContainsKey("thread")) || !Take($@"(?<content>{Name})[ \t]+[-:]{Gap}[ \t]*"))
            {
                return false;
            }
            else
            {
                Set(_fields.ContainsKey("source") ? "thread" : "source", _match.Groups["content"].Value, keepsDash: true);
            }

            if (isDashed)
            {
                Take($@"[ \t]*(?:[-:]{Gap})?");
            }
        }

        return false;
    }

    bool LevelWord()
    {
        if (!Take($@"{Word}(?<colon>:)?(?<=:|(?=[ \t\[]|\z))"))
        {
            return false;
        }

        Set("severity", _match.Groups["level"].Value);
        _endsInColon = _onlyQualified = _match.Groups["colon"].Success;
        return true;
    }

    bool Channel() => Take($@"(?<source>[A-Za-z_]{NameByte}*)\.(?<severity>{Capitals}):{Gap}");

    bool Tail()
    {
        if (_endsInColon && (Take($@"(?<source>[A-Za-z_](?:(?!:){NameByte})*):[ \t]*") || Take($@"[ \t]*(?<source>[A-Za-z_]{NameByte}*)\[[0-9]+\]\z")))
        {
            return true;
        }

        if (!_fields.ContainsKey("source"))
        {
            var isAtMessage = Spring() ? Logger(onlyQualified: false) : !(_isTimeBracketed && !_isLevelBracketed && TrailingLogger()) && ThreadAndLogger();
            if (isAtMessage)
            {
                return true;
            }
        }

        Take($@"[ \t]*(?:[-:]{Gap}[ \t]*)?");
        return true;
    }

    bool Spring()
    {
        var contents = $@"[ \t]*(?:{Bracket.Replace("content", "front", StringComparison.Ordinal)})?[ \t]*(?<number>[0-9]*)[ \t]*---[ \t]*(?<list>{Bracket}(?:[ \t]*{Bracket}){{0,2}})";
        if (!Take(contents))
        {
            return false;
        }

        var front = _match.Groups["front"].Value.Trim(' ', '\t');
        var brackets = _match.Groups["content"].Captures.Select(content => content.Value.Trim(' ', '\t')).ToList();
        Set("pid", _match.Groups["number"].Value);
        Set("app", front == "-" ? null : front.Split(',')[0]);
        Set("trace", front.Split(',').ElementAtOrDefault(1));
        var names = brackets.Take(1).ToList();
        foreach (var content in brackets.Skip(1))
        {
            if (Regex.Match(content, @"\A([0-9a-fA-F]{16}|[0-9a-fA-F]{32})-[0-9a-fA-F]{16}\z") is { Success: true } correlation)
            {
                Set("trace", correlation.Groups[1].Value);
            }
            else if (content is not ("" or "-"))
            {
                names.Add(content);
            }
        }

        if (names.Count > 1)
        {
            SetIfAbsent("app", names[^2]);
        }

        Set("thread", names[^1]);
        Take(@"[ \t]*");
        return true;
    }

    bool TrailingLogger()
    {
        var trailing = Regex.Match(_line, $@"[ \t]\((?<name>{Dotted})\)\z");
        if (!trailing.Success || trailing.Index < _at)
        {
            return false;
        }

        Set("source", trailing.Groups["name"].Value);
        return true;
    }

    bool ThreadAndLogger()
    {
        Take(@"[ \t]*");
        var afterLevel = _at;
        string? first = null;
        var afterFirst = _at;
        for (var count = 0; count < 3 && Take(Bracket); count++)
        {
            (first, afterFirst) = count == 0 ? (_match.Groups["content"].Value.Trim(' ', '\t'), _at) : (first, afterFirst);
            Take(@"[ \t]*");
        }

        var isDotted = first is not null && Regex.IsMatch(first, $@"\A{Dotted}\z");
        if (Logger(Take($@"[-:]{Gap}[ \t]*") || isDotted || _onlyQualified))
        {
            SetIfAbsent("thread", first);
            return true;
        }

        _at = afterLevel;
        if (isDotted)
        {
            Set("source", first);
            _at = afterFirst;
        }
        else if (first is not null && !_fields.ContainsKey("thread"))
        {
            var split = Regex.Match(first, $@"\A(?<thread>.+):(?<name>[A-Za-z_](?:(?!:){NameByte})*)@[0-9]+\z");
            Set("thread", split.Success ? split.Groups["thread"].Value : first, keepsDash: split.Success);
            Set("source", split.Success ? split.Groups["name"].Value : null);
            _at = afterFirst;
        }

        return false;
    }

    bool Logger(bool onlyQualified)
    {
        var kind = onlyQualified ? Qualified : Name;
        return TakeLogger($@"(?<name>[A-Za-z_]{NameByte}*(?<!:)):{Gap}", kind)
            || TakeLogger($@"(?<name>{Name})(?<!:)[ \t]+[-:]{Gap}", kind)
            || TakeLogger($@"(?<name>{Dotted})(?!{NameByte})[ \t]+(?=\[)", kind)
            || (_at > 0 && _line[_at - 1] == '\t' && TakeLogger($@"(?<name>{Name})(?<!:)\t[ \t]*(?=[^ \t\[])", kind));
    }

    bool TakeLogger(string pattern, string kind)
    {
        var start = _at;
        if (!Take(pattern) || !Regex.IsMatch(_match.Groups["name"].Value, $@"\A{kind}\z"))
        {
            _at = start;
            return false;
        }

        Set("source", _match.Groups["name"].Value, keepsDash: true);
        Take(@"[ \t]*");
        return true;
    }

    bool Bars()
    {
        for (var piece = 0; piece < 3; piece++)
        {
            Take(@"(?<piece>[^|]*)\|?");
            var text = _match.Groups["piece"].Value.Trim(' ', '\t');
            if (Regex.IsMatch(text, $@"\A{Label}\z"))
            {
                Set("severity", text);
                BarsAfterLevel();
                Take(@"[ \t]*");
                return true;
            }

            SetIfAbsent("thread", text);
        }

        return false;
    }

    void BarsAfterLevel()
    {
        Take(@"[ \t]*");
        if (!_line[_at..].Contains('|', StringComparison.Ordinal))
        {
            Logger(onlyQualified: true);
            return;
        }

        if (!_fields.ContainsKey("thread"))
        {
            _ = Take(@"(?<thread>[0-9]+)[ \t]*\|") || Take($@"(?![ \t]*{Dotted}[ \t]*\|)(?<thread>[^|]*)\|(?=[ \t]*{Dotted}[ \t]*\|)");
            Tidy("thread");
        }

        Take($@"[ \t]*(?<source>{Name})[ \t]*\|");
    }

    /// <summary>Matches a pattern at the position, moves behind it and keeps what its groups that are named like fields have captured.</summary>
    bool Take(string pattern)
    {
        if (!_expressions.TryGetValue(pattern, out var expression))
        {
            _expressions[pattern] = expression = new Regex($@"\G(?:{pattern})", RegexOptions.Compiled);
        }

        var match = expression.Match(_line, _at);
        if (!match.Success)
        {
            return false;
        }

        _match = match;
        _at += match.Length;
        foreach (var field in SomeAppLine.Binding.Fields.Select(field => field.Name).Where(name => match.Groups[name].Success))
        {
            Set(field, match.Groups[field].Value, keepsDash: true);
        }

        return true;
    }

    bool Tidy(string field)
    {
        if (_fields.TryGetValue(field, out var value))
        {
            Set(field, value);
        }

        return true;
    }

    void Set(string field, string? value, bool keepsDash = false)
    {
        var text = keepsDash ? value : value?.Trim(' ', '\t');
        if (string.IsNullOrEmpty(text) || (text == "-" && !keepsDash))
        {
            _fields.Remove(field);
        }
        else
        {
            _fields[field] = text;
        }
    }

    void SetIfAbsent(string field, string? value)
    {
        if (!_fields.ContainsKey(field))
        {
            Set(field, value);
        }
    }
}
