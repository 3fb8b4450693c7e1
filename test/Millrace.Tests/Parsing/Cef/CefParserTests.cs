using System.Text;
using Millrace.Parsing;
using Millrace.Parsing.Formats;

namespace Millrace.Tests.Parsing.Cef;

public sealed class CefParserTests
{
    const string Header = "CEF:0|Example|Firewall|1.4|100|refused|5|";

    // None of them, nor a part of one, has a column.
    static readonly string[] Keys = ["k", "kk", "k.k", "kkk", "k1Label", new('k', 30)];
    static readonly string[] Values = ["", "v", "v v", "-", "v\\=v", "v \\\\", "v\\ k=v", "https://v?a=v&k=v", "v ?k=v", new('v', 70), new string('v', 62) + " v", "v  "];
    static readonly string[] Spaces = [" ", " ", " ", "  "];

    readonly LineParser _parser = CefFormat.Format.Bind(new FormatInput())!.CreateParser();

    [Fact]
    public void Keys_and_values_are_those_that_a_slow_reader_finds()
    {
        var seed = Environment.TickCount;
        TestContext.Current.SendDiagnosticMessage("seed {0}", seed);
        var random = new Random(seed);
        List<byte[]> extensions = [.. Enumerable.Range(0, 1000).Select(_ => SomeExtension(random))];
        foreach (var extension in extensions.SelectMany(extension => new[] { extension, SomeMutation.Of(extension, extensions, random) }))
        {
            var text = Encoding.Latin1.GetString(extension);

            Assert.Equal(Show(SlowCefReader.Read(text)), Show(Read(Encoding.Latin1.GetBytes(Header + text))));
        }
    }

    [Theory]
    [InlineData("act=deny cat=a act=allow")]
    [InlineData("act= act=")]
    [InlineData("k=1 kk=2 k=1")]
    public void A_key_that_comes_twice_is_a_reject(string extension) =>
        Assert.Equal(LineOutcome.Reject, _parser.Parse(Encoding.UTF8.GetBytes(Header + extension)));

    static byte[] SomeExtension(Random random)
    {
        var text = new StringBuilder();
        foreach (var key in Keys)
        {
            if (random.Next(4) > 0)
            {
                text.Append(key).Append('=').Append(Values[random.Next(Values.Length)]).Append(Spaces[random.Next(Spaces.Length)]);
            }
        }

        return Encoding.Latin1.GetBytes(text.ToString().TrimEnd() + Spaces[0]);
    }

    List<(string Key, string Value)>? Read(byte[] line)
    {
        if (_parser.Parse(line) != LineOutcome.Event)
        {
            return null;
        }

        var pairs = new List<(string Key, string Value)>();
        for (var i = 0; i < _parser.Fields.Attributes.Count; i++)
        {
            ref readonly var pair = ref _parser.Fields.Attributes[i];
            pairs.Add((TextOf(line, pair.Key), TextOf(line, pair.Value)));
        }

        return pairs;
    }

    static string TextOf(byte[] line, FieldValue value) => Encoding.Latin1.GetString(line, value.Start, value.Length);

    static string Show(List<(string Key, string Value)>? pairs) => pairs is null ? "none" : string.Join('\n', pairs.Select(pair => $"{pair.Key}: {pair.Value}"));
}
