using System.Globalization;
using System.Reflection;
using System.Text;
using Millrace.Events;
using Millrace.Parsing;
using Millrace.Parsing.Json;
using Millrace.Tests.Parsing.Formats;

namespace Millrace.Tests.Parsing.Json;

/// <summary>Every format with a <see cref="JsonShape"/> is read as the oracle reads it.</summary>
public sealed class JsonShapeTests
{
    const int MutationsOfALine = 60;

    static readonly Dictionary<string, JsonShape> Shapes = FindShapes();

    public static TheoryData<string> Formats => [.. Shapes.Keys];

    [Theory]
    [MemberData(nameof(Formats))]
    public void Each_case_and_its_mutations_are_read_as_the_oracle_reads_them(string format)
    {
        var seed = Environment.TickCount;
        TestContext.Current.SendDiagnosticMessage("seed {0}", seed);
        var random = new Random(seed);
        var (shape, parser, lines) = (Shapes[format], Parser(format), Lines(format));

        // One parser reads them all, and the whole lines again and again, so that each mutation meets what the lines before it taught.
        for (var round = 0; round < MutationsOfALine; round++)
        {
            foreach (var line in lines)
            {
                AssertReadAsOracle(shape, parser, line);
                AssertReadAsOracle(shape, parser, SomeMutation.Of(line, lines, random));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Acceptance_and_wanted_fields_do_not_depend_on_what_is_wanted(string format)
    {
        var seed = Environment.TickCount;
        TestContext.Current.SendDiagnosticMessage("seed {0}", seed);
        var random = new Random(seed);
        var (shape, whole, lines) = (Shapes[format], Parser(format), Lines(format));
        for (var wanted = 0; wanted < shape.Fields.Count; wanted++)
        {
            var narrowed = Parser(format);
            narrowed.Narrow(new WantedFields(new HashSet<int> { wanted }, Attributes: false));
            foreach (var line in lines.Concat(lines).Concat(lines.Select(line => SomeMutation.Of(line, lines, random))))
            {
                var outcome = whole.Parse(line);

                Assert.Equal(outcome, narrowed.Parse(line));
                if (outcome == LineOutcome.Event)
                {
                    Assert.Equal(Show(shape.Fields[wanted], whole, wanted, line), Show(shape.Fields[wanted], narrowed, wanted, line));
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Lines_cost_no_memory(string format)
    {
        var (parser, lines) = (Parser(format), Lines(format));

        // What grows with the lines has grown after two rounds, of which the second knows the keys.
        lines.ForEach(line => parser.Parse(line));
        lines.ForEach(line => parser.Parse(line));
        var before = GC.GetAllocatedBytesForCurrentThread();

        foreach (var line in lines)
        {
            parser.Parse(line);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Equal_keys_count_once_whatever_lines_came_before()
    {
        var (shape, parser) = (Shapes["metric-events"], Parser("metric-events"));
        string[] lines =
        [
            """{"unit":"a","value":1,"metricName":"m","componentName":"c","publicationTimestamp":"2026-11-22T10:00:00.000Z"}""",
            """{"value":1,"unit":"a","metricName":"m","componentName":"c","publicationTimestamp":"2026-11-22T10:00:00.000Z"}""",
            """{"x":1,"value":1,"unit":"a","metricName":"m","componentName":"c","publicationTimestamp":"2026-11-22T10:00:00.000Z"}""",
            """{"unit":"a","value":1,"unit":null,"metricName":"m","componentName":"c","publicationTimestamp":"2026-11-22T10:00:00.000Z"}""",
        ];

        foreach (var line in lines.Concat(lines))
        {
            AssertReadAsOracle(shape, parser, Encoding.UTF8.GetBytes(line));
        }
    }

    static List<byte[]> Lines(string format) => [.. FormatCase.Read(format.Split('.')[0]).SelectMany(found => found.Case.Lines).Select(line => line.Input)];

    static LineParser Parser(string format) => Shapes[format].Bind(format, new FormatInput()).CreateParser();

    static Dictionary<string, JsonShape> FindShapes() => typeof(JsonShape).Assembly.GetTypes()
        .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public).Where(field => field.FieldType == typeof(JsonShape)))
        .GroupBy(field => ((LogFormat)field.DeclaringType!.GetProperty("Format")!.GetValue(null)!).Name)
        .SelectMany(format => format.Select(field => (Name: format.Count() == 1 ? format.Key : $"{format.Key}.{field.Name}", Shape: (JsonShape)field.GetValue(null)!)))
        .ToDictionary(found => found.Name, found => found.Shape);

    static void AssertReadAsOracle(JsonShape shape, LineParser parser, byte[] line)
    {
        var expected = JsonShapeOracle.Read(shape, line);
        var outcome = parser.Parse(line);
        var actual = outcome == LineOutcome.Event ? Fields(shape, parser, line) : null;

        Assert.True(
            expected is null ? actual is null : actual is not null && expected.OrderBy(pair => pair.Key).SequenceEqual(actual.OrderBy(pair => pair.Key)),
            $"{Encoding.Latin1.GetString(line)}\nexpected {Show(expected)}\nactual   {Show(actual)} {parser.Fields.RejectReason}");
    }

    static string Show(Dictionary<string, string>? fields) => fields is null ? "a reject" : string.Join(" · ", fields.OrderBy(pair => pair.Key).Select(pair => $"{pair.Key} {pair.Value}"));

    static Dictionary<string, string> Fields(JsonShape shape, LineParser parser, byte[] line)
    {
        var fields = new Dictionary<string, string>();
        foreach (var (number, field) in shape.Fields.Index())
        {
            if (Show(field, parser, number, line) is { } value)
            {
                fields[field.Name] = value;
            }
        }

        var attributes = new List<string>();
        for (var i = 0; i < parser.Fields.Attributes.Count; i++)
        {
            var (key, value) = parser.Fields.Attributes[i];
            attributes.Add($"{Text(line, key)}={(value.Escape == TextEscape.JsonValue ? Text(line, value) : $"\"{Text(line, value)}\"")}");
        }

        fields["attributes"] = string.Join('\n', attributes);
        return fields;
    }

    static string? Show(JsonField field, LineParser parser, int number, byte[] line)
    {
        var value = parser.Fields.Values[number];
        return !value.HasValue ? null : field.Type is ColumnType.Text or ColumnType.Json ? Text(line, value) : value.Number.ToString(CultureInfo.InvariantCulture);
    }

    static string Text(byte[] line, FieldValue field) => Encoding.Latin1.GetString(line, field.Start, field.Length);
}
