using System.Collections.Concurrent;

namespace Millrace.Parsing.Layouts;

/// <summary>
/// Lines whose fields are parted by single spaces, as the services of AWS write them: a time as access logs write it stands in brackets, and what is added to a format is added at its end, so that
/// older lines are shorter and newer ones longer.
/// </summary>
static class SpacedLayout
{
    // The rules of formats, each read once.
    static readonly ConcurrentDictionary<string, ServiceRule> Rules = new();

    /// <summary>Compiles the fields of a line.</summary>
    /// <param name="fields">The fields, and sums of them.</param>
    /// <param name="lastOfOldest">The last field of the oldest lines: a line may end there or after any later field, and may go on after the last. Null where all lines have the same fields.</param>
    /// <param name="header">A line that names the fields.</param>
    public static LineLayout Compile(IReadOnlyList<LayoutPiece> fields, string? lastOfOldest, string header = "")
    {
        var pieces = new List<LayoutPiece>();
        var mayEnd = false;
        foreach (var piece in fields)
        {
            if (piece is not LayoutPiece.Field field)
            {
                pieces.Add(piece);
                continue;
            }

            if (pieces.Count > 0 && !mayEnd)
            {
                pieces.Add(new LayoutPiece.Literal(" "));
            }

            pieces.AddRange(field.Syntax == FieldSyntax.ClfTime ? [new LayoutPiece.Literal("["), field, new LayoutPiece.Literal("]")] : [field]);
            mayEnd |= field.Name == lastOfOldest;
            if (mayEnd)
            {
                pieces.AddRange([new LayoutPiece.MayEnd(), new LayoutPiece.Literal(" ")]);
            }
        }

        return LineLayout.Compile(pieces, allowsTail: mayEnd, header);
    }

    /// <summary>Fixes a layout for a file. Times without a zone are in UTC, whatever zone other logs are in.</summary>
    /// <param name="layout">The layout.</param>
    /// <param name="format">The format's name.</param>
    /// <param name="input">The head of the file and the user's settings.</param>
    /// <param name="service">The rule that names the service, unless the line does.</param>
    /// <param name="caller">The rule that names the caller.</param>
    /// <param name="region">The rule that names the region where the line does not.</param>
    public static FormatBinding BindUtc(this LineLayout layout, string format, FormatInput input, string? service = null, string? caller = null, string? region = null) =>
        layout.Bind(format, input with { TimeZone = TimeZoneInfo.Utc }, RuleOf(service), RuleOf(caller), RuleOf(region));

    static ServiceRule? RuleOf(string? text) => text is null ? null : Rules.GetOrAdd(text, ServiceRule.Parse);
}
