using System.Collections.Concurrent;
using Millrace.Intake;
using Millrace.Lake;
using Millrace.Lake.Ingestion;
using Millrace.Lake.Watching;
using Millrace.Sources.Arrivals;

namespace Millrace.Tests.Lake.Watching;

/// <summary>A watch that runs beside the test, with little patience, and ends with it.</summary>
sealed class RunningWatch : IAsyncDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    readonly CancellationTokenSource _stop = new();
    readonly IArrivals[] _arrivals;
    readonly Task _run;

    public RunningWatch(LakeTable lake, IngestOptions options, params IArrivals[] arrivals)
    {
        _arrivals = arrivals;
        var watch = new LakeWatch(lake, options, Options, Counters, TimeProvider.System) { Tell = Told.Enqueue };
        _run = Task.Run(() => watch.RunAsync(arrivals, _stop.Token, CancellationToken.None));
    }

    public static IntakeOptions Options => new()
    {
        BatchAge = TimeSpan.FromMilliseconds(50),
        FirstPause = TimeSpan.FromMilliseconds(10),
        LongestPause = TimeSpan.FromMilliseconds(100),
    };

    public static ArrivalOptions Often => new() { ScanEvery = TimeSpan.FromMilliseconds(50), ListEvery = TimeSpan.FromMilliseconds(50) };

    public WatchCounters Counters { get; } = new(TimeProvider.System);

    public ConcurrentQueue<string> Told { get; } = new();

    /// <summary>Waits for something that shall come true.</summary>
    public async Task UntilAsync(Func<bool> isTrue)
    {
        using var end = new CancellationTokenSource(Patience);
        while (!isTrue())
        {
            Assert.False(_run.IsCompleted && !isTrue(), $"The watch has ended: {_run.Exception}");
            await Task.Delay(20, end.Token);
        }
    }

    /// <summary>Asks the watch to end, and waits until it has.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _run.WaitAsync(Patience);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await ((Task)_run).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var arrivals in _arrivals)
        {
            await arrivals.DisposeAsync();
        }

        Counters.Dispose();
        _stop.Dispose();
    }
}
