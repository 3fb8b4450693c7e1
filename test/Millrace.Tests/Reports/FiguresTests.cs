using Millrace.Reports;

namespace Millrace.Tests.Reports;

public sealed class FiguresTests
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(999, "999")]
    [InlineData(1_000, "1 k")]
    [InlineData(12_345, "12.3 k")]
    [InlineData(999_949, "1 M")]
    [InlineData(1_234_567, "1.23 M")]
    [InlineData(long.MaxValue, "9.22 E")]
    public void Counts_have_three_digits_and_a_unit(long count, string expected) => Assert.Equal(expected, Plain(Figures.Count(count)));

    [Theory]
    [InlineData(0, "0 ms")]
    [InlineData(0.25, "0.25 ms")]
    [InlineData(340.4, "340 ms")]
    [InlineData(999.6, "1 s")]
    [InlineData(1240, "1.24 s")]
    [InlineData(59_960, "1 min")]
    public void Durations_have_a_unit_that_fits(double milliseconds, string expected) => Assert.Equal(expected, Plain(Figures.Milliseconds(milliseconds)));

    [Theory]
    [InlineData(0, "0 %")]
    [InlineData(0.00001, "<0.01 %")]
    [InlineData(0.0042, "0.42 %")]
    [InlineData(0.0237, "2.4 %")]
    [InlineData(0.5, "50 %")]
    [InlineData(0.9999, ">99 %")]
    [InlineData(1, "100 %")]
    public void Shares_are_never_rounded_to_none_or_all(double share, string expected) => Assert.Equal(expected, Plain(Figures.Share(share)));

    [Theory]
    [InlineData(12, "12 B")]
    [InlineData(1_250_000, "1.25 MB")]
    public void Bytes_are_decimal(long bytes, string expected) => Assert.Equal(expected, Plain(Figures.Bytes(bytes)));

    static string Plain(string text) => text.Replace('\u00a0', ' ');
}
