namespace Millrace.Parsing.Layouts;

/// <summary>One field of a compiled layout.</summary>
/// <param name="syntax">How it is written.</param>
/// <param name="terminator">The literal after it; empty for the last field of a line.</param>
/// <param name="name">Its name, for the reasons of rejects.</param>
sealed class LayoutStep(FieldSyntax syntax, byte[] terminator, string name)
{
    public readonly FieldSyntax Syntax = syntax;
    public readonly byte[] Terminator = terminator;
    public readonly byte First = terminator.Length > 0 ? terminator[0] : (byte)0;

    /// <summary>Why a line is rejected that has no end for this field.</summary>
    public readonly string Unended = syntax == FieldSyntax.Quoted
        ? $"the quote around {name} is not closed"
        : $"the line ends before {name} does";

    /// <summary>Why a line is rejected whose field is not well-formed.</summary>
    public readonly string Malformed = $"{name} is not {Expected(syntax)}";

    static string Expected(FieldSyntax syntax) => syntax switch
    {
        FieldSyntax.Status => "a status of three digits",
        FieldSyntax.ClfTime => "a time like 22/Nov/2026:10:00:00 +0000",
        FieldSyntax.IsoTime => "a time like 2026-11-22T10:00:00Z",
        FieldSyntax.EpochTime or FieldSyntax.AnyTime => "a time",
        _ => "a number",
    };
}
