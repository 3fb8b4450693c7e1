using Millrace.Letters;

namespace Millrace.Mail.Tests;

public sealed class SafeCsvTests
{
    [Theory]
    [InlineData("=cmd()", "'=cmd()")]
    [InlineData("+1", "'+1")]
    [InlineData("-1+2", "'-1+2")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("\r=1", "\"'\r=1\"")]
    [InlineData("=a,b\"c", "\"'=a,b\"\"c\"")]
    [InlineData("plain = text", "plain = text")]
    [InlineData("", "\"\"")]
    [InlineData(null, "")]
    public void A_text_is_never_a_formula(string? text, string cell) => Assert.Equal(cell, SafeCsv.Cell(text, isNumber: false));

    [Fact]
    public void A_number_below_zero_stays_one() => Assert.Equal("-7", SafeCsv.Cell("-7", isNumber: true));

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
