using System.Text;
using Millrace.App.Requests;
using Millrace.App.Schedules;
using Millrace.Events;

namespace Millrace.App.Tests.Schedules;

/// <summary>Schedules as settings write them: options by their names, or the words of a command line.</summary>
public sealed class ScheduleSettingsTests
{
    const string Times = "\"cron\": \"0 7 * * MON-FRI\", \"mailTo\": \"a@example.com\"";

    [Fact]
    public void A_report_is_read_with_its_options()
    {
        var schedule = Assert.Single(Parse($$"""
            "morning": { "report": "status", "sources": ["logs/*.gz", "s3://b/p/"], "by": "service", "where": ["status>=500", "client_ip=10.0.0.0/8"],
              "service": "path:1", "limit": 5, "sort": "requests:asc", {{Times}}, "tz": "Europe/Berlin", "sendWhen": "news" }
            """));

        Assert.Equal(("morning", "Europe/Berlin", SendWhen.News, "a@example.com"), (schedule.Name, schedule.Zone.Id, schedule.SendWhen, schedule.To));
        Assert.Equal(
            "millrace report status /srv/app/logs/*.gz s3://b/p/ --by service --where 'status>=500' --where client_ip=10.0.0.0/8 --sort requests:asc --limit 5 --service path:1 --since 2026-11-21T00:00:00Z --until 2026-11-22T00:00:00Z --config /srv/app/m.json",
            Words(schedule.Request).Replace("'/srv/app/logs/*.gz'", "/srv/app/logs/*.gz", StringComparison.Ordinal));
    }

    [Fact]
    public void Words_of_a_command_line_say_the_same()
    {
        var byName = Assert.Single(Parse($$"""
            "a": { "report": "errors", "sources": ["logs"], "clientErrors": true, "map": ["service=app"], "format": "json", {{Times}} }
            """));
        var byWords = Assert.Single(Parse($$"""
            "a": { "report": "errors", "args": ["logs", "--client-errors", "--map=service=app", "-f", "json"], {{Times}} }
            """));

        Assert.Equal(Words(byName.Request), Words(byWords.Request));
    }

    [Fact]
    public void A_search_is_read_with_its_terms_and_conditions()
    {
        var schedule = Assert.Single(Parse($$"""
            "s": { "search": ["timeout", "payment"], "not": ["retry"], "ignoreCase": true, "where": "status=5xx", "sources": "logs", {{Times}} }
            """));

        var search = Assert.IsType<SearchRequest>(schedule.Request);
        Assert.Equal("timeout, payment, not retry, status=5xx", search.Question);
        Assert.Equal(
            "millrace search timeout payment --in /srv/app/logs --not retry --ignore-case --where status=5xx --since 2026-11-21T00:00:00Z --until 2026-11-22T00:00:00Z --config /srv/app/m.json",
            Words(search));
    }

    [Fact]
    public void Paths_count_from_the_settings_and_names_of_tables_and_buckets_stay()
    {
        var schedule = Assert.Single(Parse($$"""
            "s": { "report": "traffic", "lake": "lake", "metrics": "metrics/", {{Times}} }
            """));
        var store = Assert.Single(Parse($$"""
            "s": { "report": "errors", "store": "dynamodb:errors", {{Times}} }
            """));

        Assert.Contains("--metrics /srv/app/metrics/ --lake /srv/app/lake ", Words(schedule.Request));
        Assert.Contains("--store dynamodb:errors ", Words(store.Request));
    }

    [Theory]
    [InlineData("""[]""", "/srv/app/m.json: 'schedules' is not an object.")]
    [InlineData("""{"a b": {}}""", "/srv/app/m.json: 'a b' in 'schedules' is not a name. Expected letters, digits, '-' and '_'.")]
    [InlineData("""{"a": []}""", "/srv/app/m.json: The schedule 'a' is not an object.")]
    [InlineData("""{"a": {"report": "errors", "when": "daily"}}""", "/srv/app/m.json: The schedule 'a' has no setting 'when'. Expected report, search, sources, args, cron, tz, mailTo, sendWhen, or an option of 'report errors' such as store, clientErrors, lake, at, where, sort.")]
    [InlineData("""{"a": {"report": "errors", "mailTo": "a@example.com"}}""", "/srv/app/m.json: The schedule 'a' has no 'cron'.")]
    [InlineData("""{"a": {"report": 7}}""", "/srv/app/m.json: The schedule 'a' has no 'report'.")]
    [InlineData("""{"a": {"report": "errrors"}}""", "/srv/app/m.json: The schedule 'a' cannot be run: There is no report 'errrors'. Expected traffic, status, endpoints, metrics or errors.")]
    [InlineData("""{"a": {"report": "errors", "search": "x"}}""", "/srv/app/m.json: The schedule 'a' has both 'report' and 'search'. Expected one of them.")]
    [InlineData("""{"a": {"report": "errors", "cron": "daily", "mailTo": "a@example.com"}}""", "/srv/app/m.json: 'cron' of the schedule 'a' is 'daily', which is not a time of cron:")]
    [InlineData("""{"a": {"report": "errors", "cron": "0 7 * * *", "tz": "Mars", "mailTo": "a@example.com"}}""", "The time zone 'Mars' is not known.")]
    [InlineData("""{"a": {"report": "errors", "cron": "0 7 * * *", "mailTo": "a@example.com", "sendWhen": "never"}}""", "/srv/app/m.json: 'sendWhen' of the schedule 'a' is 'never'. Expected always, found or news.")]
    [InlineData("""{"a": {"report": "errors", "args": 7}}""", "/srv/app/m.json: The schedule 'a' has 'args' that is not an array of texts.")]
    [InlineData("""{"a": {"report": "errors", "args": ["logs", "--since=7d"]}}""", "/srv/app/m.json: The schedule 'a' has '--since' in 'args', which a schedule gives its report by itself.")]
    [InlineData("""{"a": {"report": "errors", "args": ["--by", "hour"]}}""", "/srv/app/m.json: The schedule 'a' cannot be run: there is no option '--by' for it.")]
    [InlineData("""{"a": {"report": "status", "args": ["--by"]}}""", "/srv/app/m.json: The schedule 'a' cannot be run: '--by' needs a value.")]
    [InlineData("""{"a": {"report": "status", "limit": -5}}""", "/srv/app/m.json: The schedule 'a' cannot be run: --limit cannot be negative, and is -5.")]
    [InlineData("""{"a": {"report": "status", "where": "sttus>500"}}""", "/srv/app/m.json: The schedule 'a' cannot be run: ")]
    [InlineData("""{"a": {"report": "errors", "clientErrors": "yes"}}""", "/srv/app/m.json: The schedule 'a' has a 'clientErrors' that is neither true nor false.")]
    public void What_means_nothing_is_refused(string section, string expected)
    {
        var error = Assert.Throws<UserException>(() => Read($"{{\"schedules\": {section}}}"));

        Assert.StartsWith(expected, error.Message, StringComparison.Ordinal);
        Assert.Equal(UserException.Usage, error.ExitCode);
    }

    static string Words(RunRequest request) =>
        CommandWords.Of(request, InstantText.Parse("2026-11-21T00:00:00Z", "a test"), InstantText.Parse("2026-11-22T00:00:00Z", "a test"), Settings.Parse("{}"u8.ToArray(), "/srv/app/m.json"));

    static IReadOnlyList<Schedule> Parse(string schedules) => Read($"{{\"schedules\": {{{schedules}}}}}");

    static IReadOnlyList<Schedule> Read(string json) => Settings.Parse(Encoding.UTF8.GetBytes(json), "/srv/app/m.json").Schedules;
}
