using System.Text;
using Millrace.Events;
using Millrace.Parsing;
using Millrace.Parsing.Formats;
using Millrace.Tests.Parsing.Formats;

namespace Millrace.Tests.Parsing.Json;

public sealed class JsonLineParserTests
{
    static readonly FormatBinding Binding = JsonFormat.Format.Bind(new FormatInput { FieldPaths = ["kubernetes.labels.app"] })!;

    readonly LineParser _all = Binding.CreateParser();

    static List<byte[]> Lines => [.. FormatCase.Read("json").SelectMany(found => found.Case.Lines).Select(line => line.Input)];

    [Fact]
    public void Wanted_fields_are_the_same_whatever_else_is_wanted()
    {
        var seed = Environment.TickCount;
        TestContext.Current.SendDiagnosticMessage("seed {0}", seed);
        var random = new Random(seed);
        var lines = Lines;

        for (var number = 0; number < Binding.Fields.Count; number++)
        {
            var narrow = Narrowed(new HashSet<int> { number }, attributes: false);
            foreach (var line in lines.SelectMany(line => new[] { line, SomeMutation.Of(line, lines, random) }))
            {
                AssertSame(line, narrow, number);
            }
        }
    }

    [Fact]
    public void Attributes_are_the_same_whatever_else_is_wanted()
    {
        var narrow = Narrowed(new HashSet<int>(), attributes: true);

        foreach (var line in Lines)
        {
            AssertSame(line, narrow, (int)EventColumn.Timestamp);
            Assert.Equal(Attributes(_all), Attributes(narrow));
        }
    }

    [Theory]
    [InlineData("""{"status":200,"duration_ms":1.5,"text":"a long enough text to be read at once, whatever follows it"}""", 200)]
    [InlineData("""{"duration_ms":1.5,"status":404,"text":"a long enough text to be read at once, whatever follows it"}""", 404)]
    [InlineData("""{"status":500 ,"duration_ms":1.5,"text":"a long enough text to be read at once, whatever follows it"}""", 500)]
    [InlineData("""{"status":"503","duration_ms":1.5,"text":"a long enough text to be read at once, whatever follows it"}""", 503)]
    [InlineData("""{"status":2e2,"duration_ms":1.5,"text":"a long enough text to be read at once, whatever follows it"}""", null)]
    [InlineData("""{"a_key_that_is_much_longer_than_thirty_two_bytes":1,"status":204,"text":"whatever follows after it"}""", 204)]
    public void Members_are_recognised_in_any_order_after_any_line(string text, int? status)
    {
        var line = Encoding.UTF8.GetBytes(text);
        foreach (var before in Lines)
        {
            _all.Parse(before);

            Assert.Equal(LineOutcome.Event, _all.Parse(line));
            var value = _all.Fields.Values[(int)EventColumn.Status];
            Assert.Equal(status, value.HasValue ? (int)value.Number : null);
        }
    }

    [Theory]
    [InlineData("01")]
    [InlineData("1.")]
    [InlineData(".5")]
    [InlineData("1e")]
    [InlineData("nul")]
    [InlineData("falsy")]
    [InlineData("12345678901234567890123456789012345678901234567890.")]
    public void Values_that_are_not_well_formed_are_rejected_also_where_keys_are_known(string value)
    {
        var good = Encoding.UTF8.GetBytes("""{"first":1,"value":1,"text":"a long enough text to be read at once, whatever follows it"}""");
        var bad = Encoding.UTF8.GetBytes($$"""{"first":1,"value":{{value}},"text":"a long enough text to be read at once, whatever follows it"}""");
        _all.Parse(good);
        _all.Parse(good);

        Assert.Equal(LineOutcome.Reject, _all.Parse(bad));
        Assert.Equal(LineOutcome.Event, _all.Parse(good));
    }

    static LineParser Narrowed(HashSet<int> numbers, bool attributes)
    {
        var parser = Binding.CreateParser();
        parser.Narrow(new(numbers, attributes));
        return parser;
    }

    void AssertSame(byte[] line, LineParser narrow, int number)
    {
        var expected = _all.Parse(line);

        Assert.Equal(expected, narrow.Parse(line));
        if (expected == LineOutcome.Event)
        {
            Assert.Equal(_all.Fields.Values[number], narrow.Fields.Values[number]);
        }
    }

    static List<(FieldValue Key, FieldValue Value)> Attributes(LineParser parser) =>
        [.. Enumerable.Range(0, parser.Fields.Attributes.Count).Select(i => parser.Fields.Attributes[i])];
}
