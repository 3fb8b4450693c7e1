using System.Text;
using Millrace.Search;

namespace Millrace.Tests.Search;

public sealed class TermFinderTests
{
    [Fact]
    public void Every_kernel_finds_what_a_byte_at_a_time_finds()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        for (var i = 0; i < 4_000; i++)
        {
            // Few different bytes, so that beginnings of the term abound.
            var alphabet = random.Next(2) == 0 ? "aAbB\n" : "ab.\u00e9 Z@`[{";
            var bytes = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, random.Next(400)).Select(_ => alphabet[random.Next(alphabet.Length)])));
            var term = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, random.Next(1, 6)).Select(_ => "abAB.Z@`"[random.Next(8)])));
            var ignoresCase = random.Next(2) == 0;
            var finder = new TermFinder(term, ignoresCase);

            var found = finder.IndexOf(bytes);

            var expected = Encoding.Latin1.GetString(bytes).IndexOf(Encoding.Latin1.GetString(term), ignoresCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);
            Assert.True(finder.IndexOfScalar(bytes, 0) == found && found == expected, $"seed {seed}: '{Encoding.Latin1.GetString(term)}' in '{Encoding.Latin1.GetString(bytes)}' at {found}, expected {expected}");

            long breaks = 0;
            Assert.Equal(found, finder.IndexOf(bytes, ref breaks));
            Assert.True(breaks == bytes.AsSpan(0, found < 0 ? bytes.Length : found).Count((byte)'\n'), $"seed {seed}: {breaks} line breaks counted before {found} in '{Encoding.Latin1.GetString(bytes)}'");
        }
    }

    [Fact]
    public void A_term_is_found_at_every_place_of_a_vector()
    {
        var finder = new TermFinder("needle"u8, ignoresCase: false);
        for (var length = 6; length < 300; length++)
        {
            for (var at = 0; at <= length - 6; at++)
            {
                var bytes = new byte[length];
                bytes.AsSpan().Fill((byte)'n');
                "needle"u8.CopyTo(bytes.AsSpan(at));

                Assert.Equal(at, finder.IndexOf(bytes));
            }
        }
    }
}
