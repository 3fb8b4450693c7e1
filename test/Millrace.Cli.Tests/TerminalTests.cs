using Millrace.Cli.Output;

namespace Millrace.Cli.Tests;

public sealed class TerminalTests
{
    [Theory]
    [InlineData(true, "xterm", null, true)]
    [InlineData(true, null, null, true)]
    [InlineData(true, "xterm", "", true)]
    [InlineData(true, "xterm", "1", false)]
    [InlineData(true, "dumb", null, false)]
    [InlineData(false, "xterm", null, false)]
    public void Colours_are_for_terminals_whose_environment_is_not_against_them(bool isOutput, string? term, string? noColor, bool expected)
    {
        var terminal = Of(isOutput, isErrors: true, term, noColor);

        Assert.Equal(expected, terminal.Colours(ColorChoice.Auto));
        Assert.True(terminal.Colours(ColorChoice.Always));
        Assert.False(terminal.Colours(ColorChoice.Never));
    }

    [Theory]
    [InlineData(true, "xterm", true)]
    [InlineData(true, "dumb", false)]
    [InlineData(false, "xterm", false)]
    public void A_line_is_written_over_only_where_a_terminal_can_take_it_back(bool isErrors, string term, bool expected) =>
        Assert.Equal(expected, Of(isOutput: true, isErrors, term).Rewrites);

    [Theory]
    [InlineData(true, 80, 80)]
    [InlineData(true, 0, null)]
    [InlineData(true, -1, null)]
    [InlineData(false, 80, null)]
    public void Only_a_terminal_that_knows_its_width_has_one(bool isOutput, int cells, int? expected) => Assert.Equal(expected, Of(isOutput, cells: cells).Width);

    static Terminal Of(bool isOutput, bool isErrors = true, string? term = "xterm", string? noColor = null, int cells = 80) =>
        new(name => name == "TERM" ? term : name == "NO_COLOR" ? noColor : null, isOutput, isErrors, () => cells);
}
