using System.Text;
using Millrace.Queries.Results;

namespace Millrace.Tests.Queries.Results;

public sealed class CsvRowsTests
{
    readonly CountingStream _output = new();

    [Theory]
    [InlineData("=cmd()", "'=cmd()")]
    [InlineData("+1", "'+1")]
    [InlineData("-1+2", "'-1+2")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("\r=1", "\"'\r=1\"")]
    [InlineData("\n=1", "\"'\n=1\"")]
    [InlineData("=a,b\"c", "\"'=a,b\"\"c\"")]
    [InlineData("plain = text", "plain = text")]
    [InlineData("", "\"\"")]
    [InlineData(null, "")]
    public void A_text_is_never_a_formula_in_a_spreadsheet(string? text, string cell)
    {
        Assert.Equal(cell + "\n", Written(forSpreadsheets: true, rows => rows.WriteText(text)));
        if (text is not null)
        {
            Assert.Equal(cell + "\n", Written(forSpreadsheets: true, rows => rows.WriteText(Encoding.UTF8.GetBytes(text))));
        }
    }

    [Fact]
    public void A_number_below_zero_stays_one() => Assert.Equal("-7,-8,-9.5\n", Written(forSpreadsheets: true, rows =>
    {
        rows.WriteNumber("-7");
        rows.WriteNumber(-8);
        rows.WriteNumber("-9.5"u8);
    }));

    [Fact]
    public void Where_no_spreadsheet_reads_it_a_text_stays_as_it_is() =>
        Assert.Equal("=cmd()\n", Written(forSpreadsheets: false, rows => rows.WriteText("=cmd()")));

    [Fact]
    public void Bytes_that_are_not_UTF_8_become_replacement_characters() =>
        Assert.Equal("\"\ufffd,é\"\n", Written(forSpreadsheets: false, rows => rows.WriteText([0xff, .. ",é"u8])));

    [Fact]
    public void Random_texts_read_back_as_they_were()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        List<List<string?>> texts = [.. Enumerable.Range(0, 2000).Select(_ => new List<string?> { SomeText.OrNull(random), SomeText.OrNull(random), "end" })];
        var rows = new CsvRows(_output);

        foreach (var row in texts)
        {
            rows.WriteText(row[0]);
            if (row[1] is { } text)
            {
                rows.WriteText(Encoding.UTF8.GetBytes(text));
            }
            else
            {
                rows.WriteNull();
            }

            rows.WriteText(row[2]);
            rows.EndRow();
        }

        rows.Flush();
        Assert.True(texts.SelectMany(row => row).SequenceEqual(PlainCsv.Read(_output.Text).SelectMany(row => row)), $"Seed {seed}");
    }

    [Fact]
    public void Rows_go_out_whole_in_steps_of_64_KiB()
    {
        var rows = new CsvRows(_output);
        rows.WriteHeader("n", "text");
        for (var i = 0; i < 20_000; i++)
        {
            rows.WriteNumber(10_000 + i);
            rows.WriteText("ab");
            rows.EndRow();
        }

        rows.Flush();

        Assert.Equal(3, _output.Writes.Count);
        Assert.All(_output.Writes.SkipLast(1), length => Assert.InRange(length, 1 << 16, (1 << 16) + 9));
        Assert.Equal("n,text\n" + string.Concat(Enumerable.Range(10_000, 20_000).Select(n => $"{n},ab\n")), _output.Text);
    }

    [Fact]
    public void A_row_beyond_a_number_of_bytes_is_dropped_whole()
    {
        var rows = new CsvRows(_output);

        rows.WriteText("11");
        var first = rows.EndRow(mostBytes: 5);
        rows.Flush();
        rows.WriteText("222");
        var second = rows.EndRow(mostBytes: 5);
        rows.WriteText("3");
        var third = rows.EndRow(mostBytes: 5);
        rows.Flush();

        Assert.Equal((true, false, true), (first, second, third));
        Assert.Equal("11\n3\n", _output.Text);
    }

    [Fact]
    public void A_cell_may_be_larger_than_a_step()
    {
        var large = new string('é', 1_000_000);

        Assert.Equal($"a,{large}\n", Written(forSpreadsheets: false, rows =>
        {
            rows.WriteText("a");
            rows.WriteText(large);
        }));
    }

    static string Written(bool forSpreadsheets, Action<CsvRows> write)
    {
        using var output = new CountingStream();
        var rows = new CsvRows(output, forSpreadsheets);
        write(rows);
        rows.EndRow();
        rows.Flush();
        return output.Text;
    }
}
