using Millrace.Mail;

namespace Millrace.Tests.Mail;

public sealed class SafeCsvTests
{
    [Fact]
    public void Texts_are_safe_for_spreadsheets_and_numbers_stay_numbers()
    {
        var csv = new SafeCsv([new MailColumn("n", true), new MailColumn("=text", false)], mostBytes: 100);

        csv.Add(["-7", "=cmd()"]);
        csv.Add([null, ""]);

        Assert.Equal("n,'=text\n-7,'=cmd()\n,\"\"\n", System.Text.Encoding.UTF8.GetString(csv.ToArray()));
    }

    [Fact]
    public void Rows_beyond_the_limit_are_left_out_and_not_counted()
    {
        var csv = new SafeCsv([new MailColumn("n", true)], mostBytes: 8);

        csv.Add(["11"]);
        csv.Add(["222"]);
        csv.Add(["3"]);

        Assert.Equal(("n\n11\n", 1L), (System.Text.Encoding.UTF8.GetString(csv.ToArray()), csv.RowCount));
    }
}
