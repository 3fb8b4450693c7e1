using System.Text;
using Millrace.Events;
using Millrace.Parsing;
using Millrace.Parsing.Formats;
using Millrace.Tests.Parsing.Formats;

namespace Millrace.Tests.Parsing.Json;

public sealed class JsonLineParserTests
{
    readonly LineParser _parser = JsonFormat.Format.Bind(new FormatInput())!.CreateParser();

    static List<byte[]> Lines => [.. FormatCase.Read("json").SelectMany(found => found.Case.Lines).Select(line => line.Input)];

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
            _parser.Parse(before);
            AssertStatus(line, status);
            AssertStatus(line, status);
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
        _parser.Parse(good);
        _parser.Parse(good);

        Assert.Equal(LineOutcome.Reject, _parser.Parse(bad));
        Assert.Equal(LineOutcome.Event, _parser.Parse(good));
    }

    void AssertStatus(byte[] line, int? status)
    {
        Assert.Equal(LineOutcome.Event, _parser.Parse(line));
        var value = _parser.Fields.Values[(int)EventColumn.Status];
        Assert.Equal(status, value.HasValue ? (int)value.Number : null);
    }
}
