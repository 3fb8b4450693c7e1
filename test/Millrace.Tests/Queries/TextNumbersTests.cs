using System.Text;
using Millrace.Events;
using Millrace.Queries.DuckDb;

namespace Millrace.Tests.Queries;

public sealed class TextNumbersTests : IDisposable
{
    readonly TextNumbers _numbers = new(1 << 24);

    public void Dispose() => _numbers.Dispose();

    [Fact]
    public void A_text_has_one_number_whoever_asks_and_no_other_text_has_it()
    {
        string[] texts = [.. Enumerable.Range(0, 50_000).Select(i => new string('x', i % 40) + i)];
        var given = new uint[4][];

        Parallel.For(0, given.Length, thread => given[thread] = [.. texts.Select(text => _numbers.Of(EventColumn.Path, Encoding.UTF8.GetBytes(text)))]);

        Assert.All(given, one => Assert.Equal(given[0], one));
        Assert.Equal(texts.Length, given[0].Distinct().Count());
        Assert.False(_numbers.IsFull);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("seven b")]
    [InlineData("eight by")]
    [InlineData("twelve bytes")]
    [InlineData("thirteen byte")]
    [InlineData("ä text of more than a dozen bytes, some of them beyond ASCII: ü")]
    public unsafe void An_entry_is_a_text_as_DuckDB_keeps_it(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);

        var entry = _numbers[_numbers.Of(EventColumn.Path, bytes)];

        Assert.Equal(16, sizeof(TextNumbers.Entry));
        Assert.Equal(bytes.Length, entry.Length);
        Assert.Equal(bytes, new ReadOnlySpan<byte>(bytes.Length <= 12 ? entry.Inline : entry.Pointer, bytes.Length).ToArray());
        Assert.Equal(bytes.Take(4), new ReadOnlySpan<byte>(entry.Inline, Math.Min(4, bytes.Length)).ToArray());
    }

    [Fact]
    public void Numbers_are_ranked_as_the_bytes_of_their_texts_are()
    {
        string[] texts = ["b", "", "abcdefgh", "abcdefg", "abcdefgh\0", "abcdefghz", "abcdefghij", "a", "ä", "\u007f", "Z", "abcdefgha"];
        var numbers = texts.ToDictionary(text => text, text => _numbers.Of(EventColumn.Path, Encoding.UTF8.GetBytes(text)));

        _numbers.Rank();

        Assert.Equal(texts.OrderBy(text => Convert.ToHexString(Encoding.UTF8.GetBytes(text)), StringComparer.Ordinal), texts.OrderBy(text => _numbers.RankOf(numbers[text])));
    }

    [Fact]
    public void Where_there_are_too_many_texts_the_column_that_needs_most_is_given_up()
    {
        using var numbers = new TextNumbers(10_000);
        numbers.Of(EventColumn.Method, "GET"u8);
        for (var i = 0; !numbers.IsFull; i++)
        {
            numbers.Of(EventColumn.Path, Encoding.UTF8.GetBytes($"/a/{i}"));
        }

        numbers.GiveUpColumn();

        Assert.False(numbers.IsFull);
        Assert.False(numbers.Holds(EventColumn.Path));
        Assert.True(numbers.Holds(EventColumn.Method));
        Assert.Equal(0u, numbers.Of(EventColumn.Method, "POST"u8));
    }
}
