using Millrace.Intake;

namespace Millrace.Tests.Intake;

/// <summary>Keeps numbers in memory, each once, all of a batch or none.</summary>
sealed class NumberIntake(IntakeOptions options, IntakeCounters counters, TimeProvider clock, Signal signal) : BatchIntake<Numbered>(options, counters, clock)
{
    readonly Lock _lock = new();
    readonly List<int> _kept = [];
    readonly List<int[]> _attempts = [];

    public int[] Kept
    {
        get
        {
            lock (_lock)
            {
                return [.. _kept];
            }
        }
    }

    /// <summary>The batches that were to be committed, in their order.</summary>
    public int[][] Attempts
    {
        get
        {
            lock (_lock)
            {
                return [.. _attempts];
            }
        }
    }

    /// <summary>Waits or throws before a batch is kept.</summary>
    public Func<int[], Task> Before { get; set; } = static _ => Task.CompletedTask;

    /// <summary>Throws after a batch was kept, as where the answer gets lost.</summary>
    public Action After { get; set; } = static () => { };

    /// <summary>Numbers that cannot be read.</summary>
    public HashSet<int> Unreadable { get; init; } = [];

    /// <summary>Numbers without content.</summary>
    public HashSet<int> Gone { get; init; } = [];

    protected override DateTimeOffset SinceOf(Numbered item) => DateTimeOffset.UnixEpoch.AddSeconds(item.Number);

    protected override long BytesOf(Numbered item) => item.Number;

    protected override async Task CommitAsync(IntakeBatch<Numbered> batch, CancellationToken abort)
    {
        foreach (var item in batch.Items)
        {
            if (Unreadable.Contains(item.Number))
            {
                await batch.ReturnAsync(item, new UserException($"{item.Number} cannot be read."), abort);
            }
            else if (Gone.Contains(item.Number))
            {
                batch.Drop(item);
            }
        }

        int[] numbers = [.. batch.Items.Select(item => item.Number)];
        lock (_lock)
        {
            _attempts.Add(numbers);
        }

        signal.Set();
        await Before(numbers).WaitAsync(abort);
        lock (_lock)
        {
            _kept.AddRange(numbers.Distinct().Except(_kept).ToList());
        }

        signal.Set();
        After();
    }
}
