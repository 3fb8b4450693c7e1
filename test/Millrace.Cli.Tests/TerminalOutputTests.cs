using Millrace.Cli.Output;

namespace Millrace.Cli.Tests;

/// <summary>What the executable shows a person on a real terminal.</summary>
public sealed class TerminalOutputTests : IDisposable
{
    const string Purple = "\u001b[35m";
    const string Red = "\u001b[1;31m";

    readonly TemporaryFolder _folder = new();
    readonly string _log;

    public TerminalOutputTests()
    {
        PseudoTerminal.SkipWhereMissing();
        _log = _folder.Write("a.log", Some.CombinedLines(3));
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("traffic", 60)]
    [InlineData("traffic", 80)]
    [InlineData("traffic", 200)]
    [InlineData("endpoints", 60)]
    [InlineData("endpoints", 80)]
    [InlineData("endpoints", 200)]
    public async Task A_report_fits_the_terminal(string report, int columns)
    {
        var printed = (await PseudoTerminal.RunMillraceAsync(columns, $"report {report} {Some.ShopLog} {Some.AsOf} 2>/dev/null")).Done();

        Assert.All(printed.Split('\n'), line => Assert.InRange(TerminalText.Width(line), 0, columns));
        Golden.Matches($"Golden/terminal/report-{report}-{columns}.txt", printed);
    }

    [Theory]
    [InlineData(60)]
    [InlineData(80)]
    [InlineData(200)]
    public async Task Texts_of_wide_letters_are_cut_by_the_cells_they_take(int columns)
    {
        var query = "\"SELECT 1234567890123456789 AS number, repeat('日本語🙂', 30) AS wide, repeat('abc ', 40) AS text, 'x' AS traceId, 2 AS n\"";

        var printed = (await PseudoTerminal.RunMillraceAsync(columns, $"sql {query}")).Done();

        Assert.All(printed.Split('\n'), line => Assert.InRange(TerminalText.Width(line), 0, columns));
        Golden.Matches($"Golden/terminal/sql-wide-{columns}.txt", printed);
    }

    [Fact]
    public async Task A_report_shows_its_first_50_rows_and_says_how_many_there_are()
    {
        var log = _folder.Write("many.json", string.Concat(Enumerable.Range(0, 60).Select(Call)));
        var line = $"report endpoints {log} {Some.AsOf}";

        var first = (await PseudoTerminal.RunMillraceAsync(80, line)).Done();
        var limited = (await PseudoTerminal.RunMillraceAsync(80, $"{line} --limit 55")).Done();
        var piped = (await PseudoTerminal.RunMillraceAsync(80, $"{line} -o table | cat")).Done();

        Assert.Equal(50, first.Split('\n').Count(row => row.StartsWith('/')));
        Assert.Contains("\n50 of 60 rows; --limit 200 shows more, --output csv has them all.\n", first);
        Assert.Equal(55, limited.Split('\n').Count(row => row.StartsWith('/')));
        Assert.DoesNotContain("rows;", limited);
        Assert.Equal(60, piped.Split('\n').Count(row => row.StartsWith('/')));
    }

    [Fact]
    public async Task Hits_are_coloured_on_a_terminal()
    {
        var printed = (await SearchAsync("")).Done();

        Assert.Contains(Purple, printed);
        Assert.Contains($"{Red}/orders/1", printed);
    }

    [Theory]
    [InlineData("", "NO_COLOR", "1")]
    [InlineData("", "TERM", "dumb")]
    [InlineData("--color never", "TERM", "xterm")]
    [InlineData("-C 1", "NO_COLOR", "0")]
    public async Task Nothing_is_coloured_where_that_is_unwanted(string options, string name, string value)
    {
        var printed = (await SearchAsync(options, (name, value))).Done();

        Assert.DoesNotContain('\u001b', printed);
        Assert.Contains($"{_log}:2: ", printed);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("--color always", "1")]
    public async Task An_empty_NO_COLOR_is_none_and_the_command_line_goes_first(string options, string value) =>
        Assert.Contains(Purple, (await SearchAsync(options, ("NO_COLOR", value))).Done());

    [Theory]
    [InlineData("report status")]
    [InlineData("sql --help #")]
    public async Task A_dumb_terminal_gets_no_escape_sequence(string command)
    {
        var printed = (await PseudoTerminal.RunMillraceAsync(80, $"{command} {Some.ShopLog} {Some.AsOf}", ("TERM", "dumb"))).Done();

        Assert.DoesNotContain('\u001b', printed);
    }

    [Fact]
    public async Task A_log_cannot_steer_a_terminal_without_colours_either()
    {
        var log = _folder.Write("evil.log", "evil \u001b]0;title\u0007 end\n");

        var printed = (await PseudoTerminal.RunMillraceAsync(80, $"search evil --in {log}", ("NO_COLOR", "1"))).Done();

        Assert.EndsWith("evil.log:1: evil \\x1b]0;title\\x07 end\n", printed);
    }

    // Letters alone, so that no part of a path looks like an id.
    static string Call(int number) =>
        $$"""{"time":"2026-11-22T10:00:00Z","path":"/{{(char)('a' + (number / 26))}}/{{(char)('a' + (number % 26))}}","status":200}""" + "\n";

    Task<Outcome> SearchAsync(string options, params (string, string)[] environment) =>
        PseudoTerminal.RunMillraceAsync(80, $"search /orders/1 --in {_log} {options}", environment);
}
