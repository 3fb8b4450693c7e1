using System.Text;
using Millrace.App.Schedules;

namespace Millrace.App.Tests.Schedules;

public sealed class ScheduledRunsTests
{
    const string Hourly = """
        "schedules": { "hourly": { "report": "errors", "sources": ["shop.json"], "cron": "0 * * * *", "mailTo": "ops@example.com", "sendWhen": "always" } }
        """;

    [Fact]
    public async Task A_run_that_fails_is_mailed_once_and_its_period_is_covered_by_the_next()
    {
        await using var some = new SomeWorkplace(Hourly);

        var first = await Assert.ThrowsAsync<UserException>(() => RunAsync(some));
        some.Clock.Now = SomeWorkplace.Now.AddHours(1);
        await Assert.ThrowsAsync<UserException>(() => RunAsync(some));
        some.Write("shop.json", SomeWorkplace.Call(30, status: 500));
        some.Clock.Now = SomeWorkplace.Now.AddHours(2);
        var last = await RunAsync(some);

        Assert.StartsWith("No file or directory '", first.Message, StringComparison.Ordinal);
        Assert.Equal(2, some.Sent.Count);
        Assert.StartsWith("FAILED: hourly: No file or directory", some.Sent[0].Subject, StringComparison.Ordinal);
        Assert.Equal(ScheduleState.Sent, last!.State);
        Assert.Equal("1 error in 1 group", some.Sent[1].Subject);
        Assert.Equal(["sent", "failed", "failed"], some.Workplace.History.List("hourly").Select(run => run.State.ToString().ToLowerInvariant()));
        Assert.Equal(TimeSpan.FromHours(3), some.Workplace.History.List("hourly")[0].Period.End - some.Workplace.History.List("hourly")[0].Period.Since);
    }

    [Fact]
    public async Task A_failure_that_nobody_was_told_is_told_by_the_next_run()
    {
        await using var some = new SomeWorkplace(Hourly);

        some.IsServerDown = true;
        var untold = await Assert.ThrowsAsync<UserException>(() => RunAsync(some));
        some.IsServerDown = false;
        await Assert.ThrowsAsync<UserException>(() => RunAsync(some));
        await Assert.ThrowsAsync<UserException>(() => RunAsync(some));

        Assert.StartsWith("No file or directory '", untold.Message, StringComparison.Ordinal);
        Assert.Contains("Nobody was told: ", untold.Message);
        Assert.StartsWith("FAILED: hourly: No file or directory", Assert.Single(some.Sent).Subject, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Logs_of_which_no_line_parses_are_a_failure_and_never_no_errors()
    {
        await using var some = new SomeWorkplace(Hourly.Replace("\"cron\"", "\"format\": \"combined\", \"cron\"", StringComparison.Ordinal));
        some.Write("shop.json", "not a line\nof a log\n");

        await Assert.ThrowsAsync<UserException>(() => RunAsync(some));

        Assert.StartsWith("FAILED: hourly: None of the 2 lines parsed", Assert.Single(some.Sent).Subject, StringComparison.Ordinal);
        Assert.Equal(ScheduleState.Failed, Assert.Single(some.Workplace.History.List()).State);
    }

    [Fact]
    public async Task The_working_directory_of_the_process_does_not_matter()
    {
        var before = Directory.GetCurrentDirectory();
        await using var some = new SomeWorkplace(Hourly);
        some.Write("shop.json", SomeWorkplace.Call(10, status: 500));

        await RunAsync(some);

        Assert.Equal(before, Directory.GetCurrentDirectory());
        Assert.Contains($"{some.Folder}/shop.json", Encoding.ASCII.GetString(Assert.Single(some.Sent).Bytes).Replace("=\r\n", "", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_was_covered_is_not_run_again()
    {
        await using var some = new SomeWorkplace(Hourly);
        some.Write("shop.json", SomeWorkplace.Call(10, status: 500));

        await RunAsync(some);

        Assert.Null(await RunAsync(some));
        Assert.Single(some.Sent);
    }

    static Task<ScheduleOutcome?> RunAsync(SomeWorkplace some) => new ScheduledRuns(some.Workplace, some.Listener).RunAsync(some.Settings.Schedules[0], untilNow: false, default);
}
