using Millrace.Letters;

namespace Millrace.Tests.Letters;

public sealed class VisibleTextTests
{
    [Theory]
    [InlineData("one\r\ntwo\nthree", "one↵two↵three")]
    [InlineData("a\u001b[31mb\0", "a\ufffd[31mb\ufffd")]
    [InlineData("a\u202eb\u2066c\u200fd", "a\ufffdb\ufffdc\ufffdd")]
    [InlineData("naïve 漢字 😀", "naïve 漢字 😀")]
    public void What_would_steer_the_reader_is_shown(string text, string shown) => Assert.Equal(shown, VisibleText.Of(text));

    [Fact]
    public void Half_of_a_character_is_none() => Assert.Equal("half \ufffd", VisibleText.Of("half \ud83d"));

    [Fact]
    public void Long_text_ends_in_an_ellipsis_and_no_half_of_a_character()
    {
        Assert.Equal("abc…", VisibleText.Of("abcdef", 3));
        Assert.Equal("ab…", VisibleText.Of("ab😀cd", 3));
    }
}
