using System.Text;
using System.Text.Json.Nodes;
using Millrace.Queries.Results;
using Millrace.Search;
using Millrace.Tests.Queries.Results;

namespace Millrace.Tests.Search;

public sealed class HitRowsTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_hit_reads_back_from_JSON_whatever_its_bytes(bool hasContext)
    {
        using var output = new CountingStream();
        using var rows = new JsonRows(output, isArray: false);

        HitRows.Write(rows, Hit([.. "caf"u8, 0xe9, .. " \"x\", \u001b[31m"u8]), hasContext);
        rows.Finish();

        var hit = JsonNode.Parse(output.Text)!;
        Assert.Equal("a \"b\".log|7|2026-11-22T10:00:00.25Z|caf\ufffd \"x\", \u001b[31m", $"{hit["file"]}|{hit["line"]}|{hit["timestamp"]}|{hit["text"]}");
        Assert.Equal(hasContext ? ["before \ufffd"] : null, hit["before"]?.AsArray().Select(line => (string?)line));
        Assert.Equal(hasContext ? ["after", ""] : null, hit["after"]?.AsArray().Select(line => (string?)line));
    }

    [Fact]
    public void A_hit_reads_back_from_CSV_whatever_its_bytes()
    {
        using var output = new CountingStream();
        var rows = new CsvRows(output);

        HitRows.Write(rows, Hit([.. "caf"u8, 0xe9, .. ",\n\"x\""u8]));
        HitRows.Write(rows, Hit("plain"u8, hasTime: false));
        rows.Flush();

        Assert.Equal([["a \"b\".log", "7", "2026-11-22T10:00:00.25Z", "caf\ufffd,\n\"x\""], ["a \"b\".log", "7", null, "plain"]], PlainCsv.Read(output.Text));
    }

    [Fact]
    public void Random_bytes_read_back_as_their_text()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        byte[][] texts = [.. Enumerable.Range(0, 1000).Select(_ => RandomBytes(random))];
        using var jsonOutput = new CountingStream();
        using var csvOutput = new CountingStream();
        using var json = new JsonRows(jsonOutput, isArray: true);
        var csv = new CsvRows(csvOutput);

        foreach (var text in texts)
        {
            HitRows.Write(json, Hit(text), hasContext: false);
            HitRows.Write(csv, Hit(text));
        }

        json.Finish();
        csv.Flush();
        string[] expected = [.. texts.Select(Encoding.UTF8.GetString)];
        Assert.True(expected.SequenceEqual(JsonNode.Parse(jsonOutput.Text)!.AsArray().Select(row => (string)row!["text"]!)), $"JSON, seed {seed}");
        Assert.True(expected.SequenceEqual(PlainCsv.Read(csvOutput.Text).Select(row => row[3])), $"CSV, seed {seed}");
    }

    static byte[] RandomBytes(Random random)
    {
        if (random.Next(2) == 0)
        {
            return Encoding.UTF8.GetBytes(SomeText.From(random));
        }

        var bytes = new byte[random.Next(20)];
        random.NextBytes(bytes);
        return bytes;
    }

    static SearchHit Hit(ReadOnlySpan<byte> text, bool hasTime = true) => new()
    {
        File = "a \"b\".log",
        Line = 7,
        Timestamp = hasTime ? new DateTimeOffset(2026, 11, 22, 10, 0, 0, 250, TimeSpan.Zero).ToUnixTimeMilliseconds() * 1000 : null,
        Text = text,
        Before = [[.. "before "u8, 0xff]],
        After = ["after"u8.ToArray(), []],
    };
}
