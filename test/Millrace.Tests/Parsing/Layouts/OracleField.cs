using System.Text.RegularExpressions;

namespace Millrace.Tests.Parsing.Layouts;

/// <summary>What a field of a layout may look like.</summary>
enum OracleKind
{
    Text,
    Quoted,
    LooseQuoted,
    List,
    Integer,
    Status,
    SignedInteger,
    Seconds,
    Milliseconds,
    Microseconds,
    SecondsList,
    ClfTime,
    IsoTime,
    EpochTime,
    AnyTime,
}

/// <summary>A field of a layout, and how it and the literal behind it look.</summary>
/// <param name="name">Its name.</param>
/// <param name="kind">How it is written.</param>
/// <param name="literal">What follows it.</param>
/// <param name="ending">What follows it where it is the line's last field; null where it may not be.</param>
/// <param name="plainFollowers">How many fields that have no quotes come before the next that may.</param>
sealed class OracleField(string name, OracleKind kind, string literal, string? ending = null, int plainFollowers = 0)
{
    // Each expression is atomic: the first end that is found is the end, whatever follows.
    const string Anything = "(?<value>.*?)";
    const string Escapable = @"(?<value>(?:\\.|[^\\])*?)";
    const string ListGoesOn = @"(?!(?<=[,:]) | : )";

    public string Name => name;

    public OracleKind Kind => kind;

    public Regex Pattern { get; } = new(
        kind switch
        {
            _ when literal.Length == 0 && kind is not (OracleKind.Integer or OracleKind.Status) => @"\G(?<value>.*)\z",
            OracleKind.Integer => $@"\G(?>(?<value>-|[0-9]{{1,18}}(?![0-9])){Regex.Escape(literal)})",
            OracleKind.Status => $@"\G(?>(?<value>-|[0-9]{{3}}(?![0-9])){Regex.Escape(literal)})",
            OracleKind.Quoted => $@"\G(?>{Escapable}{Regex.Escape(literal)})",
            OracleKind.LooseQuoted => $@"\G(?>(?:""{Anything}""(?={Regex.Escape(literal)})(?=[^""]*\z|(?:[^"" ]* ){{{plainFollowers + 1}}}[^""]*(?<= )"")|(?!""){Anything}){Regex.Escape(literal)})",
            OracleKind.List or OracleKind.SecondsList => $@"\G(?>(?<value>|.+?{ListGoesOn}){Regex.Escape(literal)})",
            _ => $@"\G(?>{Anything}{Regex.Escape(literal)})",
        },
        RegexOptions.Singleline | RegexOptions.CultureInvariant);

    /// <summary>The field at the end of a line; null where it may not be the last.</summary>
    public Regex? Last { get; } = ending is null ? null : new(
        kind switch
        {
            OracleKind.Integer => $@"\G(?<value>-|[0-9]{{1,18}}){Regex.Escape(ending)}\z",
            OracleKind.Status => $@"\G(?<value>-|[0-9]{{3}}){Regex.Escape(ending)}\z",
            OracleKind.LooseQuoted => $@"\G(?:""(?<value>.*)""|(?!"")(?<value>.*)){Regex.Escape(ending)}\z",
            OracleKind.Quoted => $@"\G(?<value>(?:\\.|[^\\])*){Regex.Escape(ending)}\z",
            _ => $@"\G(?<value>.*){Regex.Escape(ending)}\z",
        },
        RegexOptions.Singleline | RegexOptions.CultureInvariant);
}
