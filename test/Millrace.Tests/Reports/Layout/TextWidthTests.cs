using Millrace.Reports.Layout;

namespace Millrace.Tests.Reports.Layout;

public sealed class TextWidthTests
{
    [Fact]
    public void Text_that_fits_stays_whole() => Assert.Equal("orders", TextWidth.Fit("orders", 14, 200));

    [Theory]
    [InlineData("fraud-detection-and-risk-scoring-service")]
    [InlineData("注文処理サービス注文処理サービス注文処理サービス")]
    [InlineData("👩‍🚒👩‍🚒👩‍🚒👩‍🚒👩‍🚒👩‍🚒👩‍🚒👩‍🚒👩‍🚒👩‍🚒👩‍🚒👩‍🚒👩‍🚒👩‍🚒")]
    public void Text_that_does_not_fit_keeps_its_beginning_and_end(string text)
    {
        var fitted = TextWidth.Fit(text, 14, 150);

        Assert.InRange(TextWidth.Of(fitted, 14), 100, 150);
        Assert.StartsWith(fitted.Split('…')[0], text, StringComparison.Ordinal);
        Assert.EndsWith(fitted.Split('…')[1], text, StringComparison.Ordinal);
    }

    [Fact]
    public void No_room_at_all_leaves_an_ellipsis() => Assert.Equal("…", TextWidth.Fit("orders", 14, 1));
}
