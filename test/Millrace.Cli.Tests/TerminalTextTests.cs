using Millrace.Cli.Output;

namespace Millrace.Cli.Tests;

public sealed class TerminalTextTests
{
    [Theory]
    [InlineData("", 0)]
    [InlineData("abc", 3)]
    [InlineData("é", 1)]
    [InlineData("e\u0301", 1)]
    [InlineData("日本語", 6)]
    [InlineData("한글", 4)]
    [InlineData("ｆｕｌｌ", 8)]
    [InlineData("ﾊﾝｶｸ", 4)]
    [InlineData("🙂", 2)]
    [InlineData("❤️", 2)]
    [InlineData("✓", 1)]
    [InlineData("🇩🇪", 2)]
    [InlineData("👩‍👩‍👧", 2)]
    [InlineData("𠀀", 2)]
    [InlineData("…─·", 3)]
    public void A_text_takes_so_many_cells(string text, int cells) => Assert.Equal(cells, TerminalText.Width(text));

    [Fact]
    public void Half_a_character_takes_a_cell() => Assert.Equal(1, TerminalText.Width("\ud83d"));

    [Theory]
    [InlineData("abcdef", 6, "abcdef")]
    [InlineData("abcdef", 5, "abcd…")]
    [InlineData("abcdef", 1, "…")]
    [InlineData("日本語", 6, "日本語")]
    [InlineData("日本語", 5, "日本…")]
    [InlineData("日本語", 4, "日…")]
    [InlineData("ae\u0301b", 2, "a…")]
    [InlineData("a👩‍👩‍👧b", 3, "a…")]
    [InlineData("a👩‍👩‍👧b", 4, "a👩‍👩‍👧b")]
    public void A_text_is_cut_between_what_a_reader_sees_as_characters(string text, int width, string expected) => Assert.Equal(expected, TerminalText.Fit(text, width));

    [Theory]
    [InlineData("a\u001b[31mb\r\n\tc", "a·[31mb···c")]
    [InlineData("\u202eevil\u2066 \u200b\ufeff", "·evil· ··")]
    [InlineData("日本 é 👩‍👩‍👧", "日本 é 👩‍👩‍👧")]
    public void What_would_steer_a_terminal_is_hidden(string text, string expected) => Assert.Equal(expected, TerminalText.Visible(text));

    [Theory]
    [InlineData("one two three", 7, "one two|three")]
    [InlineData("one two three", 80, "one two three")]
    [InlineData("incomparable one", 5, "incomparable|one")]
    public void Words_stay_whole_in_lines(string text, int width, string expected) => Assert.Equal(expected.Split('|'), TerminalText.Lines(text, width));
}
