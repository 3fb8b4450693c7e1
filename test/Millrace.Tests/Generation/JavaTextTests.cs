using System.Globalization;
using Millrace.Generation.Tasks;

namespace Millrace.Tests.Generation;

public class JavaTextTests
{
    [Theory]
    [InlineData(0.001, "0.001")]
    [InlineData(0.00001, "1.0E-5")]
    [InlineData(0.00012345, "1.2345E-4")]
    [InlineData(0.00999, "0.00999")]
    [InlineData(1, "1.0")]
    [InlineData(10, "10.0")]
    [InlineData(-2.5, "-2.5")]
    [InlineData(0, "0.0")]
    [InlineData(-0.0, "-0.0")]
    [InlineData(100, "100.0")]
    [InlineData(9999999, "9999999.0")]
    [InlineData(10000000, "1.0E7")]
    [InlineData(123456789.5, "1.234567895E8")]
    [InlineData(1e22, "1.0E22")]
    [InlineData(1.5e300, "1.5E300")]
    [InlineData(5e-324, "5.0E-324")]
    [InlineData(35.915943628140504, "35.915943628140504")]
    [InlineData(double.MaxValue, "1.7976931348623157E308")]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.NegativeInfinity, "-Infinity")]
    public void Numbers_are_written_as_Double_toString_writes_them(double number, string expected) =>
        Assert.Equal(expected, JavaText.Number(number));

    [Fact]
    public void A_number_reads_back_the_same()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        for (var i = 0; i < 20_000; i++)
        {
            var number = BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue));
            if (double.IsFinite(number))
            {
                Assert.True(double.Parse(JavaText.Number(number), CultureInfo.InvariantCulture) == number, $"seed {seed}: {number:R}");
            }
        }
    }

    [Theory]
    [InlineData("2022-09-15T13:44:00Z", "2022-09-15T13:44:00Z")]
    [InlineData("2022-09-15T13:43:01.005Z", "2022-09-15T13:43:01.005Z")]
    [InlineData("2022-09-15T13:43:01.500Z", "2022-09-15T13:43:01.500Z")]
    [InlineData("2022-09-15T13:43:01.0000010Z", "2022-09-15T13:43:01.000001Z")]
    [InlineData("2022-09-15T13:43:01.0000001Z", "2022-09-15T13:43:01.000000100Z")]
    public void Instants_have_no_zero_fraction(string instant, string expected) =>
        Assert.Equal(expected, JavaText.Instant(DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture)));

    [Fact]
    public void Numbers_of_the_shared_data_are_written_as_they_are()
    {
        foreach (var file in Directory.GetFiles(Some.SharedData("metrics-csv")))
        {
            foreach (var field in File.ReadLines(file).Skip(1).SelectMany(row => row.Split(',') is var fields ? new[] { fields[2], fields[4] } : []))
            {
                Assert.Equal(field, JavaText.Number(double.Parse(field, CultureInfo.InvariantCulture)));
            }
        }
    }
}
