using System.Text;
using Millrace.Events;

namespace Millrace.Tests.Events;

public sealed class SeverityTests
{
    [Theory]
    [InlineData("TRACE", "trace trc Trce VRB Verbose finest finer t 10")]
    [InlineData("DEBUG", "DEBUG dbg dbug fine D 20")]
    [InlineData("INFO", "info INF Information informational notice config i 30")]
    [InlineData("WARN", "warn WRN Warning w 40")]
    [InlineData("ERROR", "error ERR erro severe fail E 50")]
    [InlineData("FATAL", "fatal FTL crit Critical alert emerg emergency panic F 60")]
    public void Every_spelling_has_its_name(string name, string spellings)
    {
        foreach (var spelling in spellings.Split(' '))
        {
            Assert.Equal((spelling, name), (spelling, Encoding.UTF8.GetString(Severity.Normalise(Encoding.UTF8.GetBytes(spelling)))));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("15")]
    [InlineData("informatioX")]
    [InlineData("\u0009\u000e\u0006\u000f")]
    [InlineData("QUIET")]
    public void What_names_no_severity_stays_as_it_is(string text)
    {
        Assert.Equal(text, Encoding.UTF8.GetString(Severity.Normalise(Encoding.UTF8.GetBytes(text))));
    }

    [Theory]
    [InlineData(0, "FATAL")]
    [InlineData(2, "FATAL")]
    [InlineData(3, "ERROR")]
    [InlineData(4, "WARN")]
    [InlineData(5, "INFO")]
    [InlineData(6, "INFO")]
    [InlineData(7, "DEBUG")]
    [InlineData(8, "")]
    [InlineData(-1, "")]
    public void Syslog_numbers_have_names(int number, string name)
    {
        Assert.Equal(name, Encoding.UTF8.GetString(Severity.OfSyslog(number)));
    }
}
