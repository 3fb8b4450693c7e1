using System.Text.Json;
using Millrace.Events;
using Millrace.Schedules;

namespace Millrace.Tests.Schedules;

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

    [Fact]
    public void The_section_of_the_settings_is_read()
    {
        var schedule = Assert.Single(Parse("""{"morning": {"report": "errors", "args": ["logs", "--limit", "5"], "cron": "0 7 * * MON-FRI", "tz": "Europe/Berlin", "mailTo": "a@example.com", "sendWhen": "news"}}"""));

        Assert.Equal(("morning", "errors", "0 7 * * MON-FRI", "Europe/Berlin", "a@example.com", SendWhen.News), (schedule.Name, schedule.Report, schedule.Cron, schedule.Zone.Id, schedule.To, schedule.SendWhen));
        Assert.Equal(["logs", "--limit", "5"], schedule.Arguments);
    }

    [Theory]
    [InlineData("""[]""", "m.json: 'schedules' is not an object.")]
    [InlineData("""{"a b": {}}""", "m.json: 'a b' in 'schedules' is not a name. Expected letters, digits, '-' and '_'.")]
    [InlineData("""{"a": []}""", "m.json: The schedule 'a' is not an object.")]
    [InlineData("""{"a": {"report": "errors", "when": "daily"}}""", "m.json: The schedule 'a' has no setting 'when'. Expected report, args, cron, tz, mailTo or sendWhen.")]
    [InlineData("""{"a": {"report": "errors", "mailTo": "a@example.com"}}""", "m.json: The schedule 'a' has no 'cron'.")]
    [InlineData("""{"a": {"report": 7}}""", "m.json: 'report' of the schedule 'a' is not a text.")]
    [InlineData("""{"a": {"report": "errors", "cron": "daily", "mailTo": "a@example.com"}}""", "m.json: 'cron' of the schedule 'a' is 'daily', which is no time of cron:")]
    [InlineData("""{"a": {"report": "errors", "cron": "0 7 * * *", "tz": "Mars", "mailTo": "a@example.com"}}""", "The time zone 'Mars' is not known.")]
    [InlineData("""{"a": {"report": "errors", "cron": "0 7 * * *", "mailTo": "a@example.com", "sendWhen": "never"}}""", "m.json: 'sendWhen' of the schedule 'a' is 'never'. Expected always, found or news.")]
    [InlineData("""{"a": {"report": "errors", "args": "logs", "cron": "0 7 * * *", "mailTo": "a@example.com"}}""", "m.json: 'args' of the schedule 'a' is not an array of texts.")]
    [InlineData("""{"a": {"report": "errors", "args": ["logs", "--since=7d"], "cron": "0 7 * * *", "mailTo": "a@example.com"}}""", "m.json: 'args' of the schedule 'a' has '--since=7d', which a schedule gives its report by itself.")]
    public void What_cannot_be_is_told(string section, string expected)
    {
        var error = Assert.Throws<UserException>(() => Parse(section));

        Assert.StartsWith(expected, error.Message, StringComparison.Ordinal);
        Assert.Equal(UserException.Usage, error.ExitCode);
    }

    internal static Schedule Of(string cron, string zone = "UTC") => new("a", "errors", ["logs"], cron, TimeZones.Find(zone), "a@example.com", SendWhen.Found);

    internal static DateTimeOffset At(string text) => InstantText.Parse(text, "a test");

    static IReadOnlyList<Schedule> Parse(string section)
    {
        using var document = JsonDocument.Parse(section);
        return ScheduleSettings.Parse(document.RootElement.Clone(), "m.json");
    }
}
