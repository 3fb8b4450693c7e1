using System.Text;
using Millrace.Parsing;
using Millrace.Parsing.Formats;

namespace Millrace.Tests.Parsing.Logfmt;

public sealed class LogfmtTests
{
    // None of them, nor a part of one, is a usual name.
    static readonly string[] Names = ["k", "kk", "k.k", "kkk", new('k', 40), "k-k"];
    static readonly string[] Values = ["", "v", "-", "\"\"", "\"v v\"", "17", "1.5", "\"v \\\" v\"", "\"\\\\\"", new('v', 70), "v=v", "v\"v", $"\"{new string('v', 33)} {new string('v', 33)}\""];
    static readonly string[] Spaces = [" ", " ", " ", "  ", "\t"];

    readonly LineParser _parser = LogfmtFormat.Format.Bind(new FormatInput())!.CreateParser();

    [Fact]
    public void Names_and_values_are_those_that_a_slow_reader_finds()
    {
        var seed = Environment.TickCount;
        TestContext.Current.SendDiagnosticMessage("seed {0}", seed);
        var random = new Random(seed);
        List<byte[]> lines = [.. Enumerable.Range(0, 500).Select(_ => SomeLine(random))];
        foreach (var line in lines.SelectMany(line => new[] { line, line, SomeMutation.Of(line, lines, random), line, SomeMutation.Of(line, lines, random) }))
        {
            var expected = SlowLogfmtReader.Read(Encoding.Latin1.GetString(line));

            Assert.Equal(Show(expected), Show(Read(line)));
        }
    }

    [Theory]
    [InlineData("level=info caller=main.go:17 msg=a", "caller: main.go:17")]
    [InlineData("status=gone level=info status=404", "")]
    [InlineData("level=info status=gone http.status_code=404", "status: gone")]
    [InlineData("level=info status", "status: (alone)")]
    public void A_value_that_does_not_fit_its_name_is_an_attribute_whatever_came_before(string text, string expected)
    {
        var line = Encoding.UTF8.GetBytes(text);
        for (var round = 0; round < 3; round++)
        {
            Assert.Equal(LineOutcome.Event, _parser.Parse(line));
            Assert.Equal(expected, string.Join('\n', Attributes(line).Select(Show)));
        }
    }

    static byte[] SomeLine(Random random)
    {
        var line = new StringBuilder();
        foreach (var name in Names)
        {
            if (random.Next(4) > 0)
            {
                line.Append(name);
                line.Append(random.Next(5) == 0 ? "" : "=" + Values[random.Next(Values.Length)]);
                line.Append(Spaces[random.Next(Spaces.Length)]);
            }
        }

        return Encoding.Latin1.GetBytes(random.Next(8) > 0 ? line.ToString().TrimEnd() : line.ToString());
    }

    List<(string Name, string? Value)>? Read(byte[] line) => _parser.Parse(line) == LineOutcome.Event ? Attributes(line) : null;

    List<(string Name, string? Value)> Attributes(byte[] line)
    {
        var attributes = new List<(string Name, string? Value)>();
        for (var i = 0; i < _parser.Fields.Attributes.Count; i++)
        {
            ref readonly var pair = ref _parser.Fields.Attributes[i];
            attributes.Add((TextOf(line, pair.Key), pair.Value.Escape == TextEscape.Flag ? null : TextOf(line, pair.Value)));
        }

        return attributes;
    }

    static string TextOf(byte[] line, FieldValue value) => Encoding.Latin1.GetString(line, value.Start, value.Length);

    static string Show(List<(string Name, string? Value)>? pairs) => pairs is null ? "none" : string.Join('\n', pairs.Select(Show));

    static string Show((string Name, string? Value) pair) => $"{pair.Name}: {pair.Value ?? "(alone)"}";
}
