using System.Globalization;
using Millrace.Events;
using Millrace.Parsing;

namespace Millrace.Tests.Parsing.Formats;

/// <summary>Runs the case files in <c>Cases/</c>; <see cref="FormatCase"/> says how they are written.</summary>
public sealed class FormatCaseTests
{
    static readonly string[] OnlyWhereNamed = ["endpoint", "raw", "file", "line"];

    public static TheoryData<string, string> Cases => [.. FormatCase.Read().Select(found => (found.Format, found.Case.Name))];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Lines_are_read_as_the_case_says(string format, string name)
    {
        var found = Assert.Single(FormatCase.Read(format), found => found.Case.Name == name).Case;

        var binding = Bind(format, found);

        if (binding is null)
        {
            Assert.Equal(["unbound"], found.Lines[0].Expected);
            return;
        }

        var reader = new EventText(binding, found.Options.GetValueOrDefault("file", "case.log"), RulesOf(found));
        Assert.Equal(Show(found.Lines), Show(found.Lines.Select((line, index) => (line.Input, WithoutUnnamed(reader.Read(line.Input, index + 1), line.Expected)))));
    }

    [Fact]
    public void Every_format_has_cases() =>
        Assert.Equal(LogFormats.All.Select(format => format.Name).Order(StringComparer.Ordinal), FormatCase.Read().Select(found => found.Format).Distinct().Order(StringComparer.Ordinal));

    internal static FormatBinding? Bind(string format, FormatCase from)
    {
        var (name, layout) = LogFormats.Parse(from.Options.GetValueOrDefault("format", format));
        var rules = RulesOf(from);
        return LogFormats.Find(name).Bind(new()
        {
            Head = from.Lines.SelectMany(line => line.Input.Append((byte)'\n')).ToArray(),
            Layout = layout,
            TimeZone = TimeZoneInfo.FindSystemTimeZoneById(from.Options.GetValueOrDefault("tz", "UTC")),
            AsOf = DateTimeOffset.Parse(from.Options.GetValueOrDefault("as-of", "2026-11-22T10:00:00Z"), CultureInfo.InvariantCulture),
            Mapping = from.Options.TryGetValue("map", out var map) ? MappingOf(map) : [],
            FieldPaths = [.. new[] { rules.Service?.FieldPath, rules.Caller?.FieldPath }.OfType<string>()],
        });
    }

    static Dictionary<EventColumn, string> MappingOf(string text) => text.Split(' ').Select(pair => pair.Split('=')).ToDictionary(
        pair => EventColumns.TryFind(pair[0], out var column) ? column : throw new ArgumentException($"There is no column '{pair[0]}'."),
        pair => pair[1]);

    internal static NamingRules RulesOf(FormatCase from) => new()
    {
        Service = from.Options.TryGetValue("service", out var service) ? ServiceRule.Parse(service) : null,
        Caller = from.Options.TryGetValue("caller", out var caller) ? ServiceRule.Parse(caller) : null,
    };

    static List<string> WithoutUnnamed(IReadOnlyList<string> shown, List<string> expected) =>
        [.. shown.Where(line => !OnlyWhereNamed.Contains(line.Split(':')[0]) || expected.Exists(other => other.Split(':')[0] == line.Split(':')[0]))];

    static string Show(IEnumerable<(byte[] Input, List<string> Expected)> lines) =>
        string.Join('\n', lines.Select(line => $"> {System.Text.Encoding.Latin1.GetString(line.Input)}\n{string.Join('\n', line.Expected)}\n"));
}
