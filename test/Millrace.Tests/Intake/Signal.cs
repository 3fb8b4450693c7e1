using System.Threading.Channels;

namespace Millrace.Tests.Intake;

/// <summary>Wakes a test whenever something has happened that it may wait for.</summary>
sealed class Signal
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    readonly Channel<bool> _happened = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Set() => _happened.Writer.TryWrite(true);

    /// <summary>Waits for something that shall come true while a task runs.</summary>
    public async Task UntilAsync(Func<bool> isTrue, Task run)
    {
        using var end = new CancellationTokenSource(Patience);
        _ = run.ContinueWith(_ => Set(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        while (!isTrue())
        {
            Assert.False(run.IsCompleted && !isTrue(), $"The intake has ended: {run.Exception}");
            await _happened.Reader.ReadAsync(end.Token);
        }
    }
}
