using Millrace.Parsing.Lines;

namespace Millrace.Tests.Parsing.Lines;

/// <summary>Marked lines are the lines that a search for line breaks finds, and their quotes are where they are.</summary>
public sealed class LineMarksTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(1000)]
    [InlineData(100_000)]
    [InlineData(300_000)]
    public void Lines_of_random_bytes_are_found_with_their_quotes(int length)
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        foreach (var breaks in new[] { 1, 3, 50, 2_000, 80_000 })
        {
            AssertAlike([.. Enumerable.Range(0, length).Select(_ => random.Next(breaks) == 0 ? (byte)'\n' : (byte)random.Next(256))], seed);
            AssertAlike([.. Enumerable.Range(0, length).Select(_ => random.Next(breaks) == 0 ? (byte)'\n' : (byte)'"')], seed);
        }
    }

    [Fact]
    public void A_line_longer_than_what_is_marked_at_once_is_found_whole_but_not_its_quotes()
    {
        byte[] block = [.. "\"a\"\n"u8, .. Enumerable.Repeat((byte)'"', LineMarks.WindowLength + 1), .. "\n\"b\"\n"u8];
        var marks = new LineMarks();
        ReadOnlySpan<byte> rest = block;

        Assert.Equal(3, marks.TakeLine(block, ref rest, out var first).Length);
        Assert.Equal(2, first.Count);
        Assert.Equal(LineMarks.WindowLength + 1, marks.TakeLine(block, ref rest, out var second).Length);
        Assert.Equal(0, second.Count);
        Assert.Equal(3, marks.TakeLine(block, ref rest, out var third).Length);
        Assert.Equal(2, third.Count);
        Assert.True(rest.IsEmpty);
    }

    [Fact]
    public void A_new_block_is_marked_anew()
    {
        var marks = new LineMarks();
        ReadOnlySpan<byte> rest = "one\ntwo\n"u8;
        marks.TakeLine("one\ntwo\n"u8, ref rest, out _);

        marks.StartBlock();
        rest = "\"three\"\n"u8;

        Assert.Equal(7, marks.TakeLine("\"three\"\n"u8, ref rest, out var quotes).Length);
        Assert.Equal(2, quotes.Count);
    }

    static void AssertAlike(byte[] block, int seed)
    {
        var marks = new LineMarks();
        ReadOnlySpan<byte> rest = block;
        ReadOnlySpan<byte> expectedRest = block;
        while (!expectedRest.IsEmpty)
        {
            var expected = EventBoundary.TakeLine(ref expectedRest);
            var actual = marks.TakeLine(block, ref rest, out var quotes);

            Assert.True(expected == actual, $"seed {seed}: a line of {expected.Length} bytes was read as one of {actual.Length}");
            if (expected.Length <= LineMarks.WindowLength)
            {
                AssertQuotes(actual, quotes, seed);
            }
        }

        Assert.True(rest.IsEmpty);
    }

    static void AssertQuotes(ReadOnlySpan<byte> line, LineQuotes quotes, int seed)
    {
        Assert.True(line.Count((byte)'"') == quotes.Count, $"seed {seed}: {quotes.Count} quotes in a line of {line.Count((byte)'"')}");
        for (var i = 0; i < quotes.Count; i++)
        {
            Assert.True(line[quotes[i]] == '"' && (i == 0 || quotes[i] > quotes[i - 1]), $"seed {seed}");
        }
    }
}
