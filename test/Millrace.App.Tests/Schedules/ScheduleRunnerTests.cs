using Millrace.App.Schedules;
using Millrace.Events;
using Millrace.Tests.Sources.Arrivals;

namespace Millrace.App.Tests.Schedules;

public sealed class ScheduleRunnerTests : IDisposable
{
    static readonly Schedule Daily = ScheduleTests.Of("0 7 * * *");

    readonly TemporaryFolder _folder = new();
    readonly List<string> _periods = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Each_period_begins_where_the_last_one_ended()
    {
        await RunAsync("2026-11-22T07:00:00Z");
        await RunAsync("2026-11-23T09:12:00Z");
        await RunAsync("2026-11-24T07:00:01Z");

        Assert.Equal(["2026-11-21T07:00:00Z to 2026-11-22T06:59:59.999999Z", "2026-11-22T07:00:00Z to 2026-11-23T06:59:59.999999Z", "2026-11-23T07:00:00Z to 2026-11-24T06:59:59.999999Z"], _periods);
    }

    [Fact]
    public async Task What_was_missed_is_covered_once()
    {
        await RunAsync("2026-11-22T07:00:00Z");
        await RunAsync("2026-11-26T08:00:00Z");
        Assert.Null(await RunAsync("2026-11-26T08:01:00Z"));

        Assert.Equal("2026-11-22T07:00:00Z to 2026-11-26T06:59:59.999999Z", _periods[1]);
        Assert.Equal(2, _periods.Count);
    }

    [Fact]
    public async Task What_failed_is_covered_by_the_next_run()
    {
        await RunAsync("2026-11-22T07:00:00Z");
        var error = await Assert.ThrowsAsync<UserException>(() => RunAsync("2026-11-23T07:00:00Z", new UserException("The mail server is down.")));
        await RunAsync("2026-11-24T07:00:00Z");

        Assert.Equal("The mail server is down.", error.Message);
        Assert.Equal("2026-11-22T07:00:00Z to 2026-11-24T06:59:59.999999Z", _periods[2]);
        using var history = Open("2026-11-24T07:00:00Z");
        Assert.Equal([ScheduleState.Sent, ScheduleState.Failed, ScheduleState.Sent], history.List("a").Select(run => run.State));
        Assert.Equal("The mail server is down.", history.List()[1].Detail);
        Assert.Empty(history.List("b"));
    }

    [Fact]
    public async Task What_failed_at_the_very_first_run_is_covered_too()
    {
        await Assert.ThrowsAsync<UserException>(() => RunAsync("2026-11-22T07:00:00Z", new UserException("The mail server is down.")));
        await Assert.ThrowsAsync<UserException>(() => RunAsync("2026-11-23T07:00:00Z", new UserException("The mail server is down.")));
        await RunAsync("2026-11-24T07:00:00Z");

        Assert.Equal("2026-11-21T07:00:00Z to 2026-11-24T06:59:59.999999Z", _periods[2]);
    }

    [Fact]
    public async Task A_run_up_to_now_is_where_the_next_period_begins()
    {
        await RunAsync("2026-11-22T07:00:00Z");
        await RunAsync("2026-11-22T09:30:00Z", untilNow: true);
        await RunAsync("2026-11-23T07:00:00Z");

        Assert.Equal(["2026-11-22T07:00:00Z to 2026-11-22T09:29:59.999999Z", "2026-11-22T09:30:00Z to 2026-11-23T06:59:59.999999Z"], _periods[1..]);
    }

    /// <summary>The day on which Berlin's clocks go forward has 23 hours, the one on which they go back 25.</summary>
    [Theory]
    [InlineData("2026-03-28T07:00:00Z", "2026-03-29T07:00:00Z", 23)]
    [InlineData("2026-10-24T07:00:00Z", "2026-10-25T07:00:00Z", 25)]
    public async Task A_clock_change_leaves_no_gap_and_tells_nothing_twice(string before, string after, int hours)
    {
        var schedule = ScheduleTests.Of("0 7 * * *", "Europe/Berlin");
        await RunAsync(before, schedule: schedule);
        await RunAsync(after, schedule: schedule);

        using var history = Open(after);
        var runs = history.List();
        Assert.Equal(runs[1].Period.End, runs[0].Period.Since);
        Assert.Equal(TimeSpan.FromHours(hours), runs[0].Period.End - runs[0].Period.Since);
    }

    [Fact]
    public async Task A_run_that_died_is_made_good()
    {
        await RunAsync("2026-11-22T07:00:00Z");
        using (var dead = Open("2026-11-23T07:00:00Z"))
        {
            dead.Begin("a", new SchedulePeriod(ScheduleTests.At("2026-11-22T07:00:00Z"), ScheduleTests.At("2026-11-23T07:00:00Z")));
        }

        await RunAsync("2026-11-23T07:05:00Z");

        Assert.Equal("2026-11-22T07:00:00Z to 2026-11-23T06:59:59.999999Z", _periods[1]);
    }

    [Fact]
    public async Task Two_processes_do_not_run_one_schedule_at_once()
    {
        using var history = Open("2026-11-22T07:00:00Z");
        using var hold = history.Lock("a");

        var error = await Assert.ThrowsAsync<UserException>(() => RunAsync("2026-11-22T07:00:00Z"));

        Assert.StartsWith("The schedule 'a' is being run by another process:", error.Message, StringComparison.Ordinal);
        Assert.Empty(_periods);
    }

    ScheduleHistory Open(string now) => new(Path.Join(_folder.Path, "outbox.db"), new SetClock(ScheduleTests.At(now)));

    async Task<ScheduleOutcome?> RunAsync(string now, Exception? failure = null, bool untilNow = false, Schedule? schedule = null)
    {
        using var history = Open(now);
        return await new ScheduleRunner(history, new SetClock(ScheduleTests.At(now))).RunAsync(schedule ?? Daily, untilNow, period =>
        {
            _periods.Add($"{InstantText.Format(period.Since)} to {InstantText.Format(period.Until)}");
            return failure is null ? Task.FromResult(new ScheduleOutcome(ScheduleState.Sent, "3 new")) : Task.FromException<ScheduleOutcome>(failure);
        });
    }
}
