using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Millrace.Parsing;
using Millrace.Queries;
using Millrace.Tests.Parsing.Formats;
using Millrace.Tests.Queries;

namespace Millrace.Tests.Parsing;

/// <summary>Other engines read the raw files as we do: what a <see cref="RawTable"/> says holds for every line of the cases.</summary>
public sealed class RawTableTests
{
    static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>Why lines are rejected that an expression cannot tell apart.</summary>
    static readonly string[] BeyondExpressions = ["a time", "is not closed", "is not an address", "is not one word"];

    /// <summary>
    /// Lines that are rejected and match all the same: a field holds the literal of several bytes that ends it, where the parser stops and an expression goes on looking, or a
    /// number is too big; or a field in quotes that hold quotes goes on, where what follows it is not well-formed.
    /// </summary>
    static readonly string[] Wider = ["HTTP/1.1\" 4O3 ", " -5x \"-\" ", "<masked>  - a \"b\" c \"GET /x\"", " 99999999999999999999 "];

    public static TheoryData<string> Formats => [.. LogFormats.All.Select(format => format.Name)];

    [Theory]
    [MemberData(nameof(Formats))]
    public void Every_format_has_a_table_or_a_reason(string format) => Assert.True(
        FormatCase.Read(format).Select(found => FormatCaseTests.Bind(format, found.Case)).OfType<FormatBinding>().First().Raw is RawTable.None { Reason.Length: > 0 } or RawTable.Regex or RawTable.Json or RawTable.Delimited,
        $"Say in the binding of {format} how other engines read such files (FormatBinding.Raw), or why they cannot: new RawTable.None(\"…\").");

    [Theory]
    [MemberData(nameof(Formats))]
    public void An_expression_gives_the_fields_of_every_line_that_is_read(string format)
    {
        foreach (var (binding, table, line) in Lines<RawTable.Regex>(format))
        {
            var parser = binding.CreateParser();
            if (parser.Parse(line) != LineOutcome.Event)
            {
                continue;
            }

            var text = Encoding.UTF8.GetString(line);
            var match = Regex.Match(text, table.Expression, RegexOptions.CultureInvariant | RegexOptions.Singleline);
            Assert.True(match.Success, $"{table.Expression}\ndoes not match\n{text}");
            Assert.Equal(table.Fields.Count, match.Groups.Count - 1);
            Assert.Equal(table.Fields.Select(field => Shown(line, parser.Fields.Values[field.Field])), table.Fields.Select((field, group) => Shown(Unquoted(match.Groups[group + 1].Value, field.Value), parser.Fields.Values[field.Field])));
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void An_expression_matches_no_line_that_is_rejected_for_its_shape(string format)
    {
        foreach (var (binding, table, line) in Lines<RawTable.Regex>(format))
        {
            var parser = binding.CreateParser();
            if (parser.Parse(line) == LineOutcome.Reject && !BeyondExpressions.Any(parser.Fields.RejectReason!.Contains) && !Wider.Any(Encoding.UTF8.GetString(line).Contains))
            {
                Assert.False(
                    Regex.IsMatch(Encoding.UTF8.GetString(line), table.Expression, RegexOptions.CultureInvariant | RegexOptions.Singleline),
                    $"{table.Expression}\nmatches, though {parser.Fields.RejectReason} (where no expression can say so, list the line above):\n{Encoding.UTF8.GetString(line)}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Paths_lead_to_the_values_of_every_line_that_is_read(string format)
    {
        foreach (var (binding, table, line) in Lines<RawTable.Json>(format))
        {
            var parser = binding.CreateParser();
            if (parser.Parse(line) != LineOutcome.Event || parser.HasMore || !IsText(line))
            {
                continue;
            }

            using var json = JsonDocument.Parse(line);
            foreach (var field in table.Fields)
            {
                var value = parser.Fields.Values[field.Field];
                if (value.HasValue && value.Escape != TextEscape.JsonValue && Find(json.RootElement, field.Path) is { } found)
                {
                    // Journald writes bytes that are no text as a list of numbers, which no engine makes a text of.
                    found = found.ValueKind == JsonValueKind.Array && field.Value == RawValue.FirstOfList ? found[0] : found;
                    var text = found.ValueKind == JsonValueKind.String ? found.GetRawText()[1..^1] : found.GetRawText().Trim('[', ']');
                    Assert.Equal($"{field.Name}: {WithoutLineEnd(text)}", $"{field.Name}: {WithoutLineEnd(Encoding.UTF8.GetString(line, value.Start, value.Length))}");
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Delimited_columns_hold_the_values_of_every_line_that_is_read(string format)
    {
        foreach (var (binding, table, line) in Lines<RawTable.Delimited>(format))
        {
            var parser = binding.CreateParser();
            var parts = Encoding.UTF8.GetString(line).Split(table.Delimiter);
            if (parser.Parse(line) == LineOutcome.Event && parts.Length == table.Fields.Count)
            {
                Assert.Equal(
                    table.Fields.Select(field => field.Field < 0 ? "" : Shown(line, parser.Fields.Values[field.Field])),
                    table.Fields.Select((field, index) => field.Field < 0 ? "" : Shown(table.IsQuoted ? parts[index].Trim('"') : parts[index], parser.Fields.Values[field.Field])));
            }
        }
    }

    static string WithoutLineEnd(string text) => text.EndsWith("\\n", StringComparison.Ordinal) || text.EndsWith("\\r", StringComparison.Ordinal) ? WithoutLineEnd(text[..^2]) : text;

    static JsonElement? Find(JsonElement element, IEnumerable<string> path)
    {
        foreach (var key in path)
        {
            // Engines do not mind the case of keys.
            if (element.ValueKind != JsonValueKind.Object || element.EnumerateObject().FirstOrDefault(member => member.Name.Equals(key, StringComparison.OrdinalIgnoreCase)) is not { Value.ValueKind: not JsonValueKind.Undefined } member)
            {
                return null;
            }

            element = member.Value;
        }

        return element;
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void RE2_finds_the_same_groups(string format)
    {
        using var session = new QuerySession(Some.Options());
        foreach (var (_, table, line) in Lines<RawTable.Regex>(format).Where(found => IsText(found.Line)))
        {
            var text = Encoding.UTF8.GetString(line);
            var match = Regex.Match(text, table.Expression, RegexOptions.CultureInvariant | RegexOptions.Singleline);
            var groups = table.Fields.Select((_, group) => $"g{group}").ToList();

            var row = Assert.Single(session.Rows($"""
                SELECT regexp_matches({Quoted(text)}, {Quoted(table.Expression)}, 's'), {string.Join(", ", groups.Select(group => $"g.{group}"))}
                FROM (SELECT regexp_extract({Quoted(text)}, {Quoted(table.Expression)}, [{string.Join(", ", groups.Select(Quoted))}], 's') AS g)
                """));

            Assert.Equal($"{(match.Success ? "true" : "false")}|{string.Join('|', groups.Select((_, group) => match.Groups[group + 1].Value))}", row);
        }
    }

    static IEnumerable<(FormatBinding Binding, T Table, byte[] Line)> Lines<T>(string format)
        where T : RawTable =>
        from found in FormatCase.Read(format)
        let binding = FormatCaseTests.Bind(format, found.Case)
        where binding?.Raw is T
        from line in found.Case.Lines
        select (binding, (T)binding.Raw!, line.Input);

    static string Quoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    static bool IsText(byte[] line)
    {
        try
        {
            return !Strict.GetString(line).Contains('\0');
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    static string Shown(byte[] line, FieldValue value) => value.HasValue ? Encoding.UTF8.GetString(line, value.Start, value.Length) : "NULL";

    static string Unquoted(string group, RawValue value) => value == RawValue.QuotedText && group is ['"', .. var text, '"'] ? text : group;

    // What the SQL makes NULL: nothing, a dash, a negative duration.
    static string Shown(string group, FieldValue value) => !value.HasValue && group is "" or ['-', ..] ? "NULL" : group;
}
