using Millrace.App.Requests;
using Millrace.App.Schedules;
using Millrace.Events;

namespace Millrace.App.Tests.Schedules;

public sealed class ScheduleTests
{
    [Theory]
    [InlineData("0 7 * * *", "UTC", "2026-11-22T12:00:00Z", "2026-11-22T07:00:00Z", "2026-11-23T07:00:00Z")]
    [InlineData("0 7 * * *", "UTC", "2026-11-22T07:00:00Z", "2026-11-22T07:00:00Z", "2026-11-23T07:00:00Z")]
    [InlineData("0 7 * * MON-FRI", "Europe/Berlin", "2026-11-22T12:00:00Z", "2026-11-20T06:00:00Z", "2026-11-23T06:00:00Z")]
    [InlineData("*/15 * * * *", "UTC", "2026-11-22T12:01:00Z", "2026-11-22T12:00:00Z", "2026-11-22T12:15:00Z")]
    [InlineData("0 0 29 2 *", "UTC", "2026-11-22T12:00:00Z", "2024-02-29T00:00:00Z", "2028-02-29T00:00:00Z")]
    public void The_times_around_an_instant_are_those_of_cron(string cron, string zone, string now, string before, string after)
    {
        var schedule = Of(cron, zone);

        Assert.Equal(before, InstantText.Format(schedule.LastUntil(At(now))!.Value));
        Assert.Equal(after, InstantText.Format(schedule.After(At(now))!.Value));
    }

    /// <summary>In Berlin, 02:30 is skipped on 2026-03-29 and comes twice on 2026-10-25.</summary>
    [Theory]
    [InlineData("2026-03-29T12:00:00Z", "2026-03-29T01:00:00Z")]
    [InlineData("2026-10-25T12:00:00Z", "2026-10-25T00:30:00Z")]
    public void A_time_that_a_clock_skips_or_repeats_comes_once(string now, string expected)
    {
        var schedule = Of("30 2 * * *", "Europe/Berlin");

        Assert.Equal(expected, InstantText.Format(schedule.LastUntil(At(now))!.Value));
        Assert.Equal(At(now).Date, schedule.LastUntil(At(now))!.Value.Date);
        Assert.Equal(At(now).Date.AddDays(1), schedule.After(schedule.LastUntil(At(now))!.Value)!.Value.Date);
    }

    internal static Schedule Of(string cron, string zone = "UTC") => new("a", new ReportRequest("errors"), cron, TimeZones.Find(zone), "a@example.com", SendWhen.Found);

    internal static DateTimeOffset At(string text) => InstantText.Parse(text, "a test");
}
