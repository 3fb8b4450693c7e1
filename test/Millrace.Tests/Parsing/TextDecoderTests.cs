using System.Text;
using Millrace.Parsing;

namespace Millrace.Tests.Parsing;

public sealed class TextDecoderTests
{
    [Theory]
    [InlineData(@"plain", "plain")]
    [InlineData(@"a\""b\\c", "a\"b\\c")]
    [InlineData(@"\x41\x5c\x22", "A\\\"")]
    [InlineData(@"\xC3\xA9", "é")]
    [InlineData(@"\xFF", "\uFFFD")]
    [InlineData(@"\n\r\t\v\b", "\n\r\t\v\b")]
    [InlineData(@"\q\x4\xZZ\x+1\", @"\q\x4\xZZ\x+1\")]
    public void Backslashes_are_resolved(string text, string expected) => Assert.Equal(expected, Decode(text, TextEscape.Backslash));

    [Theory]
    [InlineData(@"plain", "plain")]
    [InlineData(@"a\""b\\c\/d", "a\"b\\c/d")]
    [InlineData(@"\b\f\n\r\t", "\b\f\n\r\t")]
    [InlineData(@"\u00e9\u20AC", "é€")]
    [InlineData(@"\ud83d\ude42", "🙂")]
    [InlineData(@"\ud83d", "\uFFFD")]
    [InlineData(@"\ud83dx\ude42", "\uFFFDx\uFFFD")]
    [InlineData(@"\ud83d\u0041", "\uFFFDA")]
    public void Json_escapes_are_resolved(string text, string expected) => Assert.Equal(expected, Decode(text, TextEscape.Json));

    [Theory]
    [InlineData("a\"\"b", "a\"b")]
    [InlineData("\"\"\"\"", "\"\"")]
    public void Doubled_quotes_are_resolved(string text, string expected) => Assert.Equal(expected, Decode(text, TextEscape.DoubledQuote));

    [Fact]
    public void Bytes_that_are_no_text_become_the_replacement_character_as_the_runtime_has_it()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        var decoder = new TextDecoder();
        for (var i = 0; i < 2000; i++)
        {
            var bytes = new byte[random.Next(40)];
            random.NextBytes(bytes);

            Assert.True(Encoding.UTF8.GetString(bytes) == Encoding.UTF8.GetString(decoder.Repair(bytes)), $"seed {seed}: {Convert.ToHexString(bytes)}");
        }
    }

    static string Decode(string text, TextEscape escape) => new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(new TextDecoder().Decode(Encoding.UTF8.GetBytes(text), escape));
}
