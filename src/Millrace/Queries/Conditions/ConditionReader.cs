using System.Globalization;
using System.Text;
using Millrace.Events;
using Millrace.Sources;

namespace Millrace.Queries.Conditions;

/// <summary>Reads one condition from left to right: negation, column, operator, values.</summary>
sealed partial class ConditionReader(string text)
{
    const string Duration = "duration";
    const string Operators = "= != > >= < <= ~ (contains) or !~ (does not contain)";

    // Two signs before the one that they begin with.
    static readonly string[] Signs = ["!=", "!~", ">=", "<=", "=", ">", "<", "~"];
    static readonly string[] ForeignSigns = ["===", "!==", "==", "=~", "<>"];

    int _at;

    public Condition Read()
    {
        if (text.IndexOf('\0', StringComparison.Ordinal) is >= 0 and var zero)
        {
            throw Mistake("A condition cannot have the character U+0000.", zero, 1);
        }

        var isNegated = ReadNegation();
        var (column, name) = ReadColumn();
        var sign = ReadSign(name);
        var test = TestOf(column, name, sign, ReadItems());
        return new Condition(text, column, test, isNegated ^ IsNegative(sign));
    }

    static bool IsNegative(string sign) => sign[0] == '!';

    bool ReadNegation()
    {
        var isNegated = false;
        while (true)
        {
            SkipSpaces();
            var rest = text.AsSpan(_at);
            var isSign = rest is ['!', not '=' and not '~', ..];
            if (!isSign && !(rest.Length > 3 && rest.StartsWith("not", StringComparison.OrdinalIgnoreCase) && char.IsWhiteSpace(rest[3])))
            {
                return isNegated;
            }

            _at += isSign ? 1 : 3;
            isNegated = !isNegated;
        }
    }

    (EventColumn Column, string Name) ReadColumn()
    {
        SkipSpaces();
        var start = _at;
        while (_at < text.Length && !char.IsWhiteSpace(text[_at]) && !"=<>!~".Contains(text[_at], StringComparison.Ordinal))
        {
            _at++;
        }

        var name = text[start.._at].ToLowerInvariant();
        if (name.Length == 0)
        {
            throw Mistake("A condition needs a column, an operator and a value, such as status>=500.", start, 1);
        }

        if (name is "timestamp" or "time")
        {
            throw Mistake("Conditions do not compare times. Say --since and --until for a range of time.", start, name.Length);
        }

        return (name == Duration ? EventColumn.DurationUs : EventColumns.TryFind(name, out var column) ? column : throw UnknownColumn(start), name);
    }

    UserException UnknownColumn(int start)
    {
        var names = Enum.GetValues<EventColumn>().Where(column => column != EventColumn.Timestamp).Select(column => column.Name()).Append(Duration);
        var hint = SimilarNames.Find(text[start.._at], names) is { } similar
            ? $"Did you mean '{similar}'?"
            : "Events have service, endpoint, status, duration, level, client_ip and others; 'millrace formats explain NAME' lists them.";
        return Mistake($"'{text[start.._at]}' is not a column of events. {hint}", start, _at - start);
    }

    string ReadSign(string name)
    {
        SkipSpaces();
        bool StartsHere(string sign) => text.AsSpan(_at).StartsWith(sign, StringComparison.Ordinal);
        if (Array.Find(ForeignSigns, StartsHere) is { } foreign)
        {
            throw Mistake(
                $"'{foreign}' is not an operator. Expected {Operators}. A value that begins with '{foreign[^1]}' needs double quotes.", _at, foreign.Length);
        }

        var sign = Array.Find(Signs, StartsHere) ?? throw Mistake($"'{name}' needs an operator behind it: {Operators}.", _at, text.Length - _at);
        _at += sign.Length;
        return sign;
    }

    List<ConditionItem> ReadItems()
    {
        var items = new List<ConditionItem>();
        SkipSpaces();
        while (_at < text.Length || items.Count > 0)
        {
            SkipSpaces();
            items.Add(_at < text.Length && text[_at] == '"' ? ReadQuoted() : ReadBare());
            if (_at == text.Length)
            {
                break;
            }

            _at++;
        }

        return items;
    }

    ConditionItem ReadBare()
    {
        var start = _at;
        _at = EndOfItem();
        var item = text[start.._at].TrimEnd();
        return item.Length > 0
            ? new(item, IsQuoted: false, start, item.Length)
            : throw Mistake("The list has an empty item. A text that has commas needs double quotes.", start, 1);
    }

    ConditionItem ReadQuoted()
    {
        var start = _at++;
        var item = new StringBuilder();
        while (_at < text.Length && text[_at] != '"')
        {
            _at += text[_at] == '\\' && _at + 1 < text.Length && text[_at + 1] is '"' or '\\' ? 1 : 0;
            item.Append(text[_at++]);
        }

        if (_at == text.Length)
        {
            throw Mistake("The quote is not closed.", start, text.Length - start);
        }

        var end = ++_at;
        SkipSpaces();
        return _at == text.Length || text[_at] == ','
            ? new(item.ToString(), IsQuoted: true, start, end - start)
            : throw Mistake("Behind a closing quote there is a comma, or nothing. A quote within quotes is written \\\".", _at, EndOfItem() - _at);
    }

    int EndOfItem() => text.IndexOf(',', _at) is >= 0 and var comma ? comma : text.Length;

    void SkipSpaces()
    {
        while (_at < text.Length && char.IsWhiteSpace(text[_at]))
        {
            _at++;
        }
    }

    UserException Mistake(string sentence, in ConditionItem item) => Mistake(sentence, item.Start, item.Length);

    /// <summary>The exception for a mistake, with marks under the word that is meant; one behind the end where something is missing.</summary>
    UserException Mistake(string sentence, int start, int length)
    {
        static int Width(string part) => new StringInfo(part).LengthInTextElements;
        var word = text.Substring(start, Math.Min(length, text.Length - start)).TrimEnd();
        var shown = string.Concat(text.Select(letter => char.IsControl(letter) ? ' ' : letter));
        var marks = new string(' ', Width(text[..start])) + new string('^', Math.Max(1, Width(word)));
        return new UserException($"{sentence}\n  {shown}\n  {marks}", UserException.Usage);
    }
}
