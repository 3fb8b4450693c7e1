namespace Millrace.Cli.Tests;

public sealed class StatusLineTests
{
    readonly StringWriter _terminal = new() { NewLine = "\n" };

    [Fact]
    public void What_is_said_takes_the_line_away_first()
    {
        var status = new StatusLine(_terminal);

        status.Show("10 MB");
        status.Say("'a.log' holds more than combined.");
        status.Say("'b.log' too.");

        Assert.Equal("\r\u001b[K10 MB\r\u001b[Kmillrace: 'a.log' holds more than combined.\nmillrace: 'b.log' too.\n", _terminal.ToString());
    }

    [Fact]
    public void The_line_is_written_over_and_taken_away_once()
    {
        var status = new StatusLine(_terminal);

        status.Clear();
        status.Show("10 MB");
        status.Show("20 MB");
        status.Clear();
        status.Clear();

        Assert.Equal("\r\u001b[K10 MB\r\u001b[K20 MB\r\u001b[K", _terminal.ToString());
    }
}
