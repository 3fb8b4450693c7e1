using System.Globalization;
using Millrace.Events;

namespace Millrace.Tests.Events;

public sealed class RangeTextTests
{
    [Theory]
    [InlineData("12:00", null, null, null, null)]
    [InlineData("12:00", "1h", null, "11:00", null)]
    [InlineData("12:00", null, "1h", null, "11:00")]
    [InlineData("12:00", "08:00", "10:00", "08:00", "10:00")]
    [InlineData("12:00", "22:00", "02:00", "-22:00", "02:00")]
    [InlineData("23:00", "22:00", "02:00", "-22:00", "02:00")]
    [InlineData("01:00", "22:00", "02:00", "--22:00", "-02:00")]
    [InlineData("10:00", "08:00", "12:00", "-08:00", "-12:00")]
    [InlineData("12:00", "22:00", "2026-11-22T02:00:00Z", "-22:00", "02:00")]
    [InlineData("12:00", "10:00", "10:00", "10:00", "10:00")]
    [InlineData("12:00", "2026-11-21T22:00:00Z", "02:00", "-22:00", "02:00")]
    public void A_range_has_two_ends(string now, string? since, string? until, string? expectedSince, string? expectedUntil)
    {
        var range = RangeText.Parse(since, until, zone: null, At(now));

        Assert.Equal(new RangeText(AtOrNone(expectedSince), AtOrNone(expectedUntil), IsAll: false), range);
    }

    [Fact]
    public void A_day_is_its_start_and_its_end()
    {
        var range = RangeText.Parse("yesterday", "yesterday", TimeZones.Find("Europe/Berlin"), At("12:00"));

        Assert.Equal("2026-11-20T23:00:00Z to 2026-11-21T22:59:59.999999Z", $"{InstantText.Format(range.Since!.Value)} to {InstantText.Format(range.Until!.Value)}");
    }

    [Fact]
    public void All_has_no_beginning_and_differs_from_nothing()
    {
        Assert.Equal(new RangeText(null, At("11:00"), IsAll: true), RangeText.Parse("all", "1h", null, At("12:00")));
        Assert.Equal(new RangeText(null, null, IsAll: false), RangeText.Parse(null, null, null, At("12:00")));
    }

    [Fact]
    public void Where_no_end_is_written_the_callers_holds()
    {
        Assert.Equal(new RangeText(At("11:00"), At("12:00"), IsAll: false), RangeText.Parse("1h", null, null, At("12:00"), end: At("12:00")));
        Assert.Equal(At("11:30"), RangeText.Parse("1h", "30m", null, At("12:00"), end: At("12:00")).Until);
    }

    [Theory]
    [InlineData("2026-11-23", null, "The range ends before it begins: 2026-11-23T00:00:00Z to 2026-11-22T12:00:00Z.")]
    [InlineData("1h", "2h", "The range ends before it begins: 2026-11-22T11:00:00Z to 2026-11-22T10:00:00Z.")]
    [InlineData("today", "08:00:00x", "'08:00:00x' is not a time for until. Expected a date (2026-11-22), a time (2026-11-22T10:00:00Z), a time back from now (15m, 24h, 7d, 1h30m), today, yesterday, or 10:00.")]
    [InlineData("1h", "all", "'all' is not a time for until. Expected a date (2026-11-22), a time (2026-11-22T10:00:00Z), a time back from now (15m, 24h, 7d, 1h30m), today, yesterday, or 10:00.")]
    [InlineData("x", null, "'x' is not a time for since. Expected a date (2026-11-22), a time (2026-11-22T10:00:00Z), a time back from now (15m, 24h, 7d, 1h30m), today, yesterday, 10:00, or all.")]
    public void A_range_that_cannot_be_is_refused(string since, string? until, string sentence)
    {
        var mistake = Assert.Throws<UserException>(() => RangeText.Parse(since, until, null, At("12:00"), At("12:00"), "since", "until"));

        Assert.Equal((sentence, UserException.Usage), (mistake.Message, mistake.ExitCode));
    }

    /// <summary>A time on 2026-11-22, or a day earlier for each dash.</summary>
    static DateTimeOffset At(string time) => new DateTimeOffset(2026, 11, 22, 0, 0, 0, TimeSpan.Zero).AddDays(-time.Count(letter => letter == '-')) + TimeSpan.Parse(time.Trim('-'), CultureInfo.InvariantCulture);

    static DateTimeOffset? AtOrNone(string? time) => time is null ? null : At(time);
}
