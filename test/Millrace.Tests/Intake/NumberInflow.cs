using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Millrace.Intake;

namespace Millrace.Tests.Intake;

/// <summary>A record with a number, which is no file.</summary>
sealed record Numbered(int Number);

/// <summary>Gives out the numbers that a test says, and notes what becomes of them.</summary>
sealed class NumberInflow(Signal signal) : IInflow<Numbered>
{
    readonly Channel<int?> _numbers = Channel.CreateUnbounded<int?>();
    readonly Lock _lock = new();
    readonly List<int> _acknowledged = [];
    readonly List<int> _returned = [];
    int _received;

    public string Name => "the numbers";

    /// <summary>How many have been asked for and given out.</summary>
    public int Received => Volatile.Read(ref _received);

    public int[] Acknowledged => Copy(_acknowledged);

    public int[] Returned => Copy(_returned);

    /// <summary>True where a number that is returned arrives again.</summary>
    public bool ComesBack { get; init; }

    /// <summary>Looks at each number that is given out.</summary>
    public Action<int> Giving { get; set; } = static _ => { };

    /// <summary>Looks at numbers that are about to be acknowledged. Where it throws, they are not, and arrive again.</summary>
    public Action<int[]> Acknowledging { get; set; } = static _ => { };

    public NumberInflow Send(params IEnumerable<int> numbers)
    {
        foreach (var number in numbers)
        {
            Assert.True(_numbers.Writer.TryWrite(number));
        }

        return this;
    }

    /// <summary>What is received next is a failure.</summary>
    public void SendFailure() => Assert.True(_numbers.Writer.TryWrite(null));

    public Task CheckAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async IAsyncEnumerable<Numbered?> ReceiveAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var number in _numbers.Reader.ReadAllAsync(cancellationToken))
        {
            var known = number ?? throw new UserException("The numbers do not answer.");
            Interlocked.Increment(ref _received);
            Giving(known);
            signal.Set();
            yield return new Numbered(known);
            yield return null;
        }
    }

    public Task AcknowledgeAsync(IReadOnlyList<Numbered> items, CancellationToken cancellationToken)
    {
        int[] numbers = [.. items.Select(item => item.Number)];
        try
        {
            Acknowledging(numbers);
        }
        catch (UserException)
        {
            Send(numbers);
            throw;
        }

        Note(_acknowledged, numbers);
        return Task.CompletedTask;
    }

    public Task ReturnAsync(Numbered item, CancellationToken cancellationToken)
    {
        Note(_returned, item.Number);
        if (ComesBack)
        {
            Send(item.Number);
        }

        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => default;

    int[] Copy(List<int> list)
    {
        lock (_lock)
        {
            return [.. list];
        }
    }

    void Note(List<int> list, params int[] numbers)
    {
        lock (_lock)
        {
            list.AddRange(numbers);
        }

        signal.Set();
    }
}
