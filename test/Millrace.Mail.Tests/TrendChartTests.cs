using System.Buffers.Binary;
using Millrace.Letters;

namespace Millrace.Mail.Tests;

public sealed class TrendChartTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(24)]
    [InlineData(24 * 90)]
    public void A_trend_of_any_length_is_a_picture_of_one_size(int hours)
    {
        var png = TrendChart.Png([.. Enumerable.Range(0, hours).Select(hour => (long)hour)], DateTimeOffset.UnixEpoch);

        Assert.Equal((1120, 280), (BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20))));
    }

    [Fact]
    public void The_same_trend_is_the_same_picture_and_another_is_not()
    {
        Assert.Equal(TrendChart.Png([1, 2, 3], DateTimeOffset.UnixEpoch), TrendChart.Png([1, 2, 3], DateTimeOffset.UnixEpoch));
        Assert.NotEqual(TrendChart.Png([1, 2, 3], DateTimeOffset.UnixEpoch), TrendChart.Png([3, 2, 1], DateTimeOffset.UnixEpoch));
        Assert.NotEqual(TrendChart.Png([0, 0], DateTimeOffset.UnixEpoch), TrendChart.Png([0, 1], DateTimeOffset.UnixEpoch));
    }
}
