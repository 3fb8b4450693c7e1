using Millrace.Errors;

namespace Millrace.Tests.Errors;

public sealed class ErrorComparisonTests
{
    [Theory]
    [InlineData(7, new long[] { 0, 0, 0 }, null, ErrorState.New)]
    [InlineData(7, new long[] { }, null, ErrorState.Steady)]
    [InlineData(7, new long[] { 0, 0, 0, 0, 9 }, 100.0, ErrorState.Back)]
    [InlineData(7, new long[] { 0, 0, 1, 0, 9 }, 60.0, ErrorState.Steady)]
    [InlineData(60, new long[] { 10, 12, 9, 11, 8, 10 }, 1.0, ErrorState.Rising)]
    [InlineData(14, new long[] { 10, 12, 9, 11, 8, 10 }, 1.0, ErrorState.Steady)]
    [InlineData(60, new long[] { 5, 90, 0, 40, 2, 70 }, 1.0, ErrorState.Steady)]
    [InlineData(0, new long[] { 10, 12, 9, 11 }, 1.0, ErrorState.Gone)]
    [InlineData(0, new long[] { 0, 1, 0, 0 }, 1.0, ErrorState.Steady)]
    public void A_count_is_judged_by_the_windows_before_it(long count, long[] windows, double? hoursAway, ErrorState expected) =>
        Assert.Equal(expected, ErrorComparison.Judge(count, windows, hoursAway, groups: 20).State);

    /// <summary>Nothing changes here but by chance: of a thousand reports over a hundred groups hardly any may speak of a rise.</summary>
    [Fact]
    public void Noise_is_not_news()
    {
        var random = new Random(20261125);
        var alarms = 0;
        for (var report = 0; report < 1_000; report++)
        {
            for (var group = 0; group < 100; group++)
            {
                var mean = Math.Exp(random.NextDouble() * 6);
                var windows = Enumerable.Range(0, 14).Select(_ => Poisson(random, mean)).ToArray();
                alarms += ErrorComparison.Judge(Poisson(random, mean), windows, 1, groups: 100).State == ErrorState.Rising ? 1 : 0;
            }
        }

        Assert.InRange(alarms, 0, 3);
    }

    static long Poisson(Random random, double mean)
    {
        // Sums of exponential waits; the mean is small enough for that.
        long count = 0;
        for (var sum = -Math.Log(1 - random.NextDouble()); sum < mean; sum -= Math.Log(1 - random.NextDouble()))
        {
            count++;
        }

        return count;
    }
}
