using System.Text.RegularExpressions;

namespace Millrace.Tests.Parsing.Layouts;

/// <summary>What a field of a layout may look like.</summary>
enum OracleKind
{
    Text,
    Quoted,
    List,
    Integer,
    Status,
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
sealed class OracleField(string name, OracleKind kind, string literal)
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
            OracleKind.List or OracleKind.SecondsList => $@"\G(?>(?<value>|.+?{ListGoesOn}){Regex.Escape(literal)})",
            _ => $@"\G(?>{Anything}{Regex.Escape(literal)})",
        },
        RegexOptions.Singleline | RegexOptions.CultureInvariant);
}
