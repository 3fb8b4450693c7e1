using System.Collections.Concurrent;
using Millrace.Intake;

namespace Millrace.Tests.Intake;

public sealed class BatchIntakeTests : IDisposable
{
    readonly Signal _signal = new();
    readonly NumberInflow _inflow;
    readonly IntakeCounters _counters = new(TimeProvider.System);
    readonly ConcurrentQueue<string> _told = new();
    readonly CancellationTokenSource _stop = new();
    readonly CancellationTokenSource _abort = new();
    Task _run = Task.CompletedTask;

    public BatchIntakeTests() => _inflow = new NumberInflow(_signal);

    public void Dispose()
    {
        _stop.Dispose();
        _abort.Dispose();
    }

    [Fact]
    public async Task What_arrived_is_acknowledged_only_after_the_commit()
    {
        var committed = new TaskCompletionSource();
        var intake = Intake(3);
        intake.Before = _ => committed.Task;
        Start(intake, _inflow.Send(1, 2, 3));
        await UntilAsync(() => intake.Attempts.Length == 1);
        Assert.Empty(_inflow.Acknowledged);
        Assert.Equal(3, _counters.Waiting);

        committed.SetResult();
        await UntilAsync(() => _inflow.Acknowledged.Length == 3);

        Assert.Equal([1, 2, 3], intake.Kept);
        await StopAsync();
        Assert.Equal((0, 0L), (_counters.Waiting, _counters.Retries));
    }

    [Fact]
    public async Task Batches_end_by_their_number_of_items_and_by_their_bytes()
    {
        var intake = Intake(3, bytes: 100);
        Start(intake, _inflow.Send(1, 2, 3, 60, 50, 120, 7, 8, 9));

        await UntilAsync(() => _inflow.Acknowledged.Length == 9);

        Assert.Equal(["1 2 3", "60 50", "120", "7 8 9"], intake.Attempts.Select(numbers => string.Join(' ', numbers)));
        await StopAsync();
    }

    [Fact]
    public async Task A_batch_waits_for_more_only_so_long()
    {
        var clock = new HeldClock(_signal);
        var intake = Intake(10, clock: clock);
        Start(intake, _inflow.Send(1));
        await UntilAsync(() => clock.Held.Contains(TimeSpan.FromHours(1)));
        Assert.Empty(intake.Attempts);

        clock.Fire();
        await UntilAsync(() => _inflow.Acknowledged.Length == 1);

        await StopAsync();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Whatever_fails_nothing_is_lost_or_doubled(int seed)
    {
        var random = new Random(seed);
        var intake = Intake(4, age: TimeSpan.FromMilliseconds(1));
        intake.Before = _ => Sometimes("The store is full.");
        intake.After = () => _ = Sometimes("The store's answer was lost.");
        var inflow = new NumberInflow(_signal) { ComesBack = true };
        inflow.Acknowledging = numbers =>
        {
            Assert.Empty(numbers.Except(intake.Kept));
            _ = Sometimes("The numbers do not take an answer.");
        };

        Start(intake, inflow.Send(Enumerable.Range(0, 100).Concat(Enumerable.Range(0, 100)).OrderBy(_ => random.Next()).ToList()));
        await UntilAsync(() => inflow.Acknowledged.Length == 200);

        await StopAsync();
        Assert.Equal(Enumerable.Range(0, 100), intake.Kept.Order());
        Assert.Equal(0, _counters.Waiting);

        // Called by one at a time.
        Task Sometimes(string message) => random.Next(4) == 0 ? throw new UserException(message) : Task.CompletedTask;
    }

    [Fact]
    public async Task A_commit_that_fails_is_repeated_and_what_it_was_of_stays_with_us()
    {
        var failures = 2;
        var intake = Intake(2);
        intake.Before = _ => failures-- > 0 ? throw new UserException("The store is full.") : Task.CompletedTask;
        Start(intake, _inflow.Send(1, 2));

        await UntilAsync(() => _inflow.Acknowledged.Length == 2);

        await StopAsync();
        Assert.Equal(["1 2", "1 2", "1 2"], intake.Attempts.Select(numbers => string.Join(' ', numbers)));
        Assert.Equal(["The store is full. Trying again.", "The store is full. Trying again."], _told);
        Assert.Equal((2L, 0), (_counters.Retries, _inflow.Returned.Length));
    }

    [Fact]
    public async Task An_item_that_fails_by_itself_goes_back_and_the_rest_goes_in()
    {
        var intake = Intake(4);
        intake.Before = numbers => numbers.Contains(13) ? throw new UserException("13 is poison.") : Task.CompletedTask;
        Start(intake, _inflow.Send(1, 13, 2, 3));

        await UntilAsync(() => _inflow.Returned.Length == 1);

        await StopAsync();
        Assert.Equal(["1 13 2 3", "1 13 2 3", "1 13 2 3", "1", "13", "2", "3"], intake.Attempts.Select(numbers => string.Join(' ', numbers)));
        Assert.Equal([1, 2, 3], intake.Kept);
        Assert.Equal([1, 2, 3], _inflow.Acknowledged);
        Assert.Equal([13], _inflow.Returned);
        Assert.Equal("13 is poison. It is left for later.", _told.Last());
        Assert.Equal(0, _counters.Waiting);
    }

    [Fact]
    public async Task What_cannot_be_read_goes_back_and_what_is_gone_is_acknowledged_though_the_commit_fails()
    {
        var goOn = new TaskCompletionSource();
        var failures = 1;
        var intake = Intake(4, unreadable: [2], gone: [3]);
        intake.Before = _ => failures-- > 0 ? throw new UserException("The store is full.") : goOn.Task;
        Start(intake, _inflow.Send(1, 2, 3, 4));
        await UntilAsync(() => intake.Attempts.Length == 2);
        Assert.Equal([3], _inflow.Acknowledged);
        Assert.Equal([2], _inflow.Returned);

        goOn.SetResult();
        await UntilAsync(() => _inflow.Acknowledged.Length == 3);

        await StopAsync();
        Assert.Equal(["1 4", "1 4"], intake.Attempts.Select(numbers => string.Join(' ', numbers)));
        Assert.Equal([1, 4], intake.Kept);
    }

    [Fact]
    public async Task An_inflow_that_fails_for_a_while_is_received_from_again()
    {
        _inflow.Send(1).SendFailure();
        _inflow.SendFailure();
        Start(Intake(2), _inflow.Send(2));

        await UntilAsync(() => _inflow.Acknowledged.Length == 2);

        await StopAsync();
        Assert.Equal(["The numbers do not answer. Trying again.", "the numbers can be read again."], _told);
        Assert.Equal(2, _counters.Failures);
    }

    [Fact]
    public async Task What_fails_for_too_long_ends_the_intake_and_is_not_acknowledged()
    {
        var intake = Intake(1, giveUpAfter: TimeSpan.Zero);
        intake.Before = _ => throw new UserException("The store is full.");
        Start(intake, _inflow.Send(1));

        var failure = await Assert.ThrowsAsync<UserException>(() => _run);

        Assert.EndsWith("without success: The store is full.", failure.Message, StringComparison.Ordinal);
        Assert.Empty(_inflow.Acknowledged);
    }

    [Fact]
    public async Task Stopping_finishes_what_was_taken_up_and_takes_up_nothing_more()
    {
        var goOn = new TaskCompletionSource();
        var intake = Intake(2);
        intake.Before = _ => goOn.Task;
        Start(intake, _inflow.Send(1, 2, 3));
        await UntilAsync(() => intake.Attempts.Length == 1 && _inflow.Received == 3);

        await _stop.CancelAsync();
        Assert.False(_run.IsCompleted);
        goOn.SetResult();
        await _run;

        Assert.Equal([1, 2], intake.Kept);
        Assert.Equal([1, 2], _inflow.Acknowledged);
    }

    [Fact]
    public async Task Aborting_ends_at_once_and_acknowledges_nothing()
    {
        var intake = Intake(2);
        intake.Before = _ => new TaskCompletionSource().Task;
        Start(intake, _inflow.Send(1, 2));
        await UntilAsync(() => intake.Attempts.Length == 1);

        await _abort.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _run);
        Assert.Empty(_inflow.Acknowledged);
    }

    /// <summary>A batch is being committed, as many items wait, and one more waits for room.</summary>
    [Fact]
    public async Task Receiving_waits_while_the_queue_is_full()
    {
        const int Most = 4 + 4 + 1;
        var goOn = new TaskCompletionSource();
        var most = 0;
        var intake = Intake(4);
        intake.Before = _ => goOn.Task;
        _inflow.Giving = _ => most = Math.Max(most, _inflow.Received - intake.Kept.Length);
        Start(intake, _inflow.Send(Enumerable.Range(0, 1000)));
        await UntilAsync(() => _inflow.Received == Most);

        goOn.SetResult();
        await UntilAsync(() => _inflow.Acknowledged.Length == 1000);

        await StopAsync();
        Assert.Equal(Most, most);
        Assert.Equal(250, intake.Attempts.Length);
    }

    NumberIntake Intake(
        int items,
        long bytes = long.MaxValue,
        TimeProvider? clock = null,
        TimeSpan? age = null,
        TimeSpan? giveUpAfter = null,
        HashSet<int>? unreadable = null,
        HashSet<int>? gone = null)
    {
        var options = new IntakeOptions
        {
            BatchAge = age ?? TimeSpan.FromHours(1),
            BatchItems = items,
            BatchBytes = bytes,
            FirstPause = TimeSpan.FromMilliseconds(1),
            LongestPause = TimeSpan.FromMilliseconds(1),
            GiveUpAfter = giveUpAfter ?? TimeSpan.FromHours(1),
        };
        return new NumberIntake(options, _counters, clock ?? TimeProvider.System, _signal)
        {
            Tell = _told.Enqueue,
            Unreadable = unreadable ?? [],
            Gone = gone ?? [],
        };
    }

    void Start(NumberIntake intake, NumberInflow inflow) => _run = Task.Run(() => intake.RunAsync([inflow], _stop.Token, _abort.Token));

    Task UntilAsync(Func<bool> isTrue) => _signal.UntilAsync(isTrue, _run);

    async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _run;
    }
}
