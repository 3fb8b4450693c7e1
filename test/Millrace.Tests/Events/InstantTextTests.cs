using Millrace.Events;

namespace Millrace.Tests.Events;

public sealed class InstantTextTests
{
    // A Sunday, noon in UTC.
    static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("now", "2026-11-22T12:00:00Z")]
    [InlineData(" NOW ", "2026-11-22T12:00:00Z")]
    [InlineData("90s", "2026-11-22T11:58:30Z")]
    [InlineData("1.5h", "2026-11-22T10:30:00Z")]
    [InlineData("1h30m", "2026-11-22T10:30:00Z")]
    [InlineData("2d12h", "2026-11-20T00:00:00Z")]
    [InlineData("1w1d1h1m1s", "2026-11-14T10:58:59Z")]
    [InlineData("today", "2026-11-22T00:00:00Z")]
    [InlineData("Yesterday", "2026-11-21T00:00:00Z")]
    [InlineData("10:00", "2026-11-22T10:00:00Z")]
    [InlineData("9:05", "2026-11-22T09:05:00Z")]
    [InlineData("10:00:30", "2026-11-22T10:00:30Z")]
    [InlineData("12:00", "2026-11-22T12:00:00Z")]
    [InlineData("12:00:01", "2026-11-21T12:00:01Z")]
    [InlineData("22:00", "2026-11-21T22:00:00Z")]
    [InlineData("2026-11-20", "2026-11-20T00:00:00Z")]
    [InlineData("2026-11-20T10:00:00.5+01:00", "2026-11-20T09:00:00.5Z")]
    public void A_start_is_read(string text, string expected) => Assert.Equal(expected, InstantText.Format(InstantText.Parse(text, "--since", now: Now)));

    [Theory]
    [InlineData("today", "2026-11-22T23:59:59.999999Z")]
    [InlineData("yesterday", "2026-11-21T23:59:59.999999Z")]
    [InlineData("2026-11-20", "2026-11-20T23:59:59.999999Z")]
    [InlineData("10:00", "2026-11-22T10:00:00Z")]
    [InlineData("1h30m", "2026-11-22T10:30:00Z")]
    public void A_day_that_ends_a_range_means_its_end(string text, string expected) =>
        Assert.Equal(expected, InstantText.Format(InstantText.Parse(text, "--until", now: Now, isEnd: true)));

    [Theory]
    [InlineData("Pacific/Auckland", "today", false, "2026-11-22T11:00:00Z")]
    [InlineData("Pacific/Auckland", "today", true, "2026-11-23T10:59:59.999999Z")]
    [InlineData("Pacific/Auckland", "yesterday", false, "2026-11-21T11:00:00Z")]
    [InlineData("Pacific/Auckland", "00:30", false, "2026-11-22T11:30:00Z")]
    [InlineData("Pacific/Auckland", "10:00", false, "2026-11-21T21:00:00Z")]
    [InlineData("America/New_York", "10:00", false, "2026-11-21T15:00:00Z")]
    public void Days_and_times_of_day_are_those_of_the_zone(string zone, string text, bool isEnd, string expected) =>
        Assert.Equal(expected, InstantText.Format(InstantText.Parse(text, "--since", TimeZones.Find(zone), Now, isEnd)));

    // Berlin: on 2026-03-29 the hour from 02:00 on is left out, on 2026-10-25 it occurs twice.
    [Theory]
    [InlineData("2026-03-29T10:00:00Z", "02:30", "2026-03-29T01:30:00Z")]
    [InlineData("2026-03-29T10:00:00Z", "today", "2026-03-28T23:00:00Z")]
    [InlineData("2026-10-25T10:00:00Z", "02:30", "2026-10-25T01:30:00Z")]
    [InlineData("2026-10-25T10:00:00Z", "today", "2026-10-24T22:00:00Z")]
    [InlineData("2026-10-26T10:00:00Z", "yesterday", "2026-10-24T22:00:00Z")]
    public void A_local_time_that_occurs_twice_is_standard_time_and_one_that_is_left_out_comes_after_the_change(string now, string text, string expected) =>
        Assert.Equal(expected, InstantText.Format(InstantText.Parse(text, "--since", TimeZones.Find("Europe/Berlin"), InstantText.Parse(now, "a test"))));

    [Theory]
    [InlineData("")]
    [InlineData("soon")]
    [InlineData("h")]
    [InlineData("1h30")]
    [InlineData("30m1h")]
    [InlineData("1m1m")]
    [InlineData("1h-30m")]
    [InlineData("1y")]
    [InlineData("100001d")]
    [InlineData("100000w100000d")]
    [InlineData("24:00")]
    [InlineData("10:60")]
    [InlineData("10:0")]
    [InlineData("all")]
    public void What_is_no_time_is_refused_with_what_is(string text) =>
        Assert.Equal(
            $"'{text}' is not a time for --until. Expected a date (2026-11-22), a time (2026-11-22T10:00:00Z), a time back from now (15m, 24h, 7d, 1h30m), today, yesterday, or 10:00.",
            Assert.Throws<UserException>(() => InstantText.Parse(text, "--until", now: Now)).Message);

    [Fact]
    public void Nothing_is_relative_where_there_is_no_now() =>
        Assert.Equal(
            "'today' is not a time for --as-of. Expected a date (2026-11-22) or a time (2026-11-22T10:00:00Z).",
            Assert.Throws<UserException>(() => InstantText.Parse("today", "--as-of")).Message);

    [Fact]
    public void A_start_may_be_all_where_the_caller_allows_it()
    {
        Assert.Null(InstantText.ParseStart(" All ", "--since", null, Now));
        Assert.Equal(Now, InstantText.ParseStart("now", "--since", null, Now));
        Assert.EndsWith(
            "a time back from now (15m, 24h, 7d, 1h30m), today, yesterday, 10:00, or all.",
            Assert.Throws<UserException>(() => InstantText.ParseStart("soon", "--since", null, Now)).Message);
    }
}
