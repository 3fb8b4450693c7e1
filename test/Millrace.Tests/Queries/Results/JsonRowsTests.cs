using System.Text.Json;
using Millrace.Queries.Results;

namespace Millrace.Tests.Queries.Results;

public sealed class JsonRowsTests
{
    readonly CountingStream _output = new();

    [Theory]
    [InlineData(true, 0, "[]\n")]
    [InlineData(true, 1, "[\n  {\"n\":0}\n]\n")]
    [InlineData(true, 3, "[\n  {\"n\":0},\n  {\"n\":1},\n  {\"n\":2}\n]\n")]
    [InlineData(false, 0, "")]
    [InlineData(false, 2, "{\"n\":0}\n{\"n\":1}\n")]
    public void An_array_and_lines_look_so(bool isArray, int count, string expected)
    {
        using var rows = new JsonRows(_output, isArray);

        for (var i = 0; i < count; i++)
        {
            Write(rows, "n", i);
        }

        rows.Finish();
        Assert.Equal(expected, _output.Text);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Random_texts_read_back_as_they_were(bool isArray)
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        string?[] texts = [.. Enumerable.Range(0, 2000).Select(_ => SomeText.OrNull(random))];
        using var rows = new JsonRows(_output, isArray);

        foreach (var text in texts)
        {
            var json = rows.BeginRow();
            json.WriteStartArray();
            json.WriteStringValue(text);
            json.WriteEndArray();
            rows.EndRow();
        }

        rows.Finish();
        var lines = _output.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var read = isArray ? JsonSerializer.Deserialize<string?[][]>(_output.Text)! : [.. lines.Select(line => JsonSerializer.Deserialize<string?[]>(line)!)];
        Assert.True(texts.SequenceEqual(read.Select(row => row.Single())), $"Seed {seed}");
    }

    [Fact]
    public void Rows_go_out_whole_in_steps_of_64_KiB()
    {
        using var rows = new JsonRows(_output, isArray: false);

        for (var i = 0; i < 10_000; i++)
        {
            Write(rows, "number", 10_000 + i);
        }

        rows.Finish();
        Assert.Equal(3, _output.Writes.Count);
        Assert.All(_output.Writes.SkipLast(1), length => Assert.InRange(length, 1 << 16, (1 << 16) + 17));
        Assert.All(_output.Writes, length => Assert.Equal(0, length % "{\"number\":10000}\n".Length));
    }

    [Fact]
    public void What_was_written_so_far_can_be_flushed_and_an_array_is_only_closed_at_the_end()
    {
        using (var rows = new JsonRows(_output, isArray: true))
        {
            Write(rows, "n", 1);
            rows.Flush();
        }

        Assert.Equal("[\n  {\"n\":1}", _output.Text);
    }

    static void Write(JsonRows rows, string name, int value)
    {
        var json = rows.BeginRow();
        json.WriteStartObject();
        json.WriteNumber(name, value);
        json.WriteEndObject();
        rows.EndRow();
    }
}
