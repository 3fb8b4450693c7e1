using System.Text;
using System.Text.RegularExpressions;

namespace Millrace.Tests.Parsing.Layouts;

/// <summary>
/// The slow, obviously right reading of lines of a layout: one regular expression a field, each of which ends at the first place where the whole literal
/// after the field stands, unescaped where the field is quoted. Everything is a string of one char a byte.
/// </summary>
sealed class LayoutOracle
{
    readonly string _lead;
    readonly List<OracleField> _fields;
    readonly bool _allowsTail;
    readonly TimeZoneInfo _zone;

    LayoutOracle(string lead, List<OracleField> fields, bool allowsTail, TimeZoneInfo zone)
    {
        _lead = lead;
        _fields = fields;
        _allowsTail = allowsTail;
        _zone = zone;
    }

    /// <summary>Reads a layout in nginx's words.</summary>
    public static LayoutOracle OfNginx(string layout, TimeZoneInfo zone) =>
        Of(layout, Regex.Matches(layout, @"\$(?:\{(?<name>\w+)\}|(?<name>\w+))"), match => OracleKinds.OfNginx(match.Groups["name"].Value), allowsTail: false, zone);

    /// <summary>Reads a layout in Apache's words.</summary>
    public static LayoutOracle OfApache(string layout, TimeZoneInfo zone, bool allowsTail = false)
    {
        // A bracketed %t is rewritten so that the brackets are literals like any other; %% is one percent sign.
        var text = layout.Replace("\\\"", "\"", StringComparison.Ordinal).Replace("\\t", "\t", StringComparison.Ordinal);
        text = Regex.Replace(text, "%[<>]?t", "[%{clf}t]").Replace("%%", "\u0001", StringComparison.Ordinal).Replace("%U%q", "%U", StringComparison.Ordinal);
        return Of(text, Regex.Matches(text, @"%[!<>0-9,]*(?:\{(?<argument>[^}]*)\})?(?<letter>\^?[A-Za-z])"), match => OracleKinds.OfApache(match.Groups["letter"].Value, match.Groups["argument"].Value), allowsTail, zone);
    }

    /// <summary>
    /// Reads a list of names with their kinds, parted by spaces, as in lines of AWS: <c>bucket [time]:clf status:status | agent:loose</c>. A line may end with the field before the bar or any
    /// after it, and go on behind the last; without a bar, all lines have all fields.
    /// </summary>
    public static LayoutOracle OfSpaced(string layout)
    {
        var words = layout.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToList();
        var oldest = words.IndexOf("|") - 1;
        words.Remove("|");
        var kinds = words.ConvertAll(word => OracleKinds.OfWord(word.Contains(':', StringComparison.Ordinal) ? word.Split(':')[1] : "text"));
        var fields = new List<OracleField>();
        for (var i = 0; i < words.Count; i++)
        {
            var isBracketed = words[i].StartsWith('[');
            var opensBracket = i + 1 < words.Count && words[i + 1].StartsWith('[');
            var mayEnd = oldest >= 0 && i >= oldest;
            var literal = (isBracketed ? "]" : "") + (i + 1 < words.Count || mayEnd ? " " : "") + (opensBracket ? "[" : "");
            fields.Add(new(words[i].Split(':')[0].Trim('[', ']'), kinds[i], literal, mayEnd ? "" : null, kinds.Skip(i + 1).TakeWhile(kind => kind != OracleKind.LooseQuoted).Count()));
        }

        return new("", fields, allowsTail: oldest >= 0, TimeZoneInfo.Utc);
    }

    /// <summary>The fields of a line; null fields are absent. A line that is no event gives why.</summary>
    public OracleReading Read(byte[] bytes)
    {
        var line = Encoding.Latin1.GetString(bytes);
        if (!line.StartsWith(_lead, StringComparison.Ordinal))
        {
            return OracleReading.Reject("the line does not begin as the layout does", 0);
        }

        var at = _lead.Length;
        var values = new List<OracleValue?>();
        foreach (var field in _fields)
        {
            var match = field.Pattern.Match(line, at);
            var isLast = !match.Success && field.Last?.IsMatch(line, at) == true;
            match = isLast ? field.Last!.Match(line, at) : match;
            if (!match.Success)
            {
                return OracleReading.Reject(OracleKinds.ReasonNotFound(field), at);
            }

            var text = match.Groups["value"].Value;
            if (!OracleKinds.TryRead(field.Kind, text, _zone, out var number, out var hasValue))
            {
                return OracleReading.Reject(OracleKinds.ReasonMalformed(field), at);
            }

            values.Add(hasValue ? new OracleValue(text, number) : null);
            at = match.Index + match.Length;
            if (isLast)
            {
                break;
            }
        }

        while (values.Count < _fields.Count)
        {
            values.Add(null);
        }

        return at == line.Length || (_allowsTail && (line[at] == ' ' || line[at - 1] == ' '))
            ? new OracleReading(values, null, 0)
            : OracleReading.Reject("there is more after the last field", at);
    }

    static LayoutOracle Of(string layout, MatchCollection words, Func<Match, (string Name, OracleKind Kind)> kindOf, bool allowsTail, TimeZoneInfo zone)
    {
        var fields = new List<OracleField>();
        for (var i = 0; i < words.Count; i++)
        {
            var end = words[i].Index + words[i].Length;
            var literal = Latin1(layout[end..(i + 1 < words.Count ? words[i + 1].Index : layout.Length)]);
            var (name, kind) = kindOf(words[i]);
            var isQuoted = kind == OracleKind.Text && literal.StartsWith('"') && words[i].Index > 0 && layout[words[i].Index - 1] == '"';
            fields.Add(new(name, isQuoted ? OracleKind.Quoted : kind, literal));
        }

        return new(Latin1(layout[..words[0].Index]), fields, allowsTail, zone);
    }

    static string Latin1(string text) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text.Replace('\u0001', '%')));
}

/// <summary>What the oracle makes of a line.</summary>
/// <param name="Values">The fields; null where the line is no event.</param>
/// <param name="Reason">Why the line is no event.</param>
/// <param name="Position">The first char that could not be read.</param>
sealed record OracleReading(IReadOnlyList<OracleValue?>? Values, string? Reason, int Position)
{
    public static OracleReading Reject(string reason, int position) => new(null, reason, position);

    public override string ToString() => Values is null ? $"reject: {Reason} at {Position}" : string.Join(" | ", Values.Select(value => value?.ToString() ?? "NULL"));
}

/// <summary>A field's text, and its number where it has one.</summary>
sealed record OracleValue(string Text, long? Number)
{
    public override string ToString() => Number is null ? Text : $"{Text} ({Number})";
}
