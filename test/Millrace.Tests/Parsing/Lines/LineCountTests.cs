using Millrace.Parsing.Lines;

namespace Millrace.Tests.Parsing.Lines;

public sealed class LineCountTests
{
    [Fact]
    public void Lines_are_counted_wherever_their_breaks_stand()
    {
        var random = new Random(3);
        foreach (var length in Enumerable.Range(0, 200).Append(40_000))
        {
            foreach (var share in new[] { 0, 2, 50 })
            {
                byte[] bytes = [.. Enumerable.Range(0, length).Select(_ => share > 0 && random.Next(share) == 0 ? (byte)'\n' : (byte)(random.Next(256) | 0x20))];

                Assert.Equal(bytes.LongCount(b => b == '\n'), LineCount.Breaks(bytes));
                Assert.Equal(bytes.LongCount(b => b == '\n') + (length > 0 && bytes[^1] != '\n' ? 1 : 0), LineCount.Of(bytes));
            }
        }
    }

    [Fact]
    public void Nothing_but_line_breaks_is_counted_to_the_last() => Assert.Equal(100_000, LineCount.Of(Enumerable.Repeat((byte)'\n', 100_000).ToArray()));
}
