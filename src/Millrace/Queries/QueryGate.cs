namespace Millrace.Queries;

/// <summary>
/// Limits how many queries of a process run at a time, and gives each an equal share of the memory that all of them may take together. The others wait, first
/// come first served. Safe for several threads.
/// </summary>
public sealed class QueryGate
{
    readonly Lock _lock = new();
    readonly LinkedList<TaskCompletionSource<QueryPass>> _waiting = [];
    readonly long _share;
    int _free;

    /// <summary>Opens the gate.</summary>
    /// <param name="memoryBytes">What all queries may take together.</param>
    /// <param name="atOnce">How many may run at a time.</param>
    public QueryGate(long memoryBytes, int atOnce)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(atOnce, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(memoryBytes, atOnce * LeastShare);
        (_share, _free) = (memoryBytes / atOnce, atOnce);
    }

    /// <summary>The least memory with which a query that sorts or groups much gets on at all.</summary>
    public const long LeastShare = 64 << 20;

    /// <summary>Waits for a place, which is the caller's until the pass is disposed. A wait that is cancelled takes no place.</summary>
    public async Task<QueryPass> EnterAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var turn = new TaskCompletionSource<QueryPass>(TaskCreationOptions.RunContinuationsAsynchronously);
        LinkedListNode<TaskCompletionSource<QueryPass>> place;
        lock (_lock)
        {
            if (_free > 0)
            {
                _free--;
                return new QueryPass(this, _share);
            }

            place = _waiting.AddLast(turn);
        }

        using var givingUp = cancellationToken.Register(() => GiveUp(place, cancellationToken));
        return await turn.Task.ConfigureAwait(false);
    }

    internal void Leave()
    {
        TaskCompletionSource<QueryPass> next;
        lock (_lock)
        {
            if (_waiting.First is not { } first)
            {
                _free++;
                return;
            }

            next = first.Value;
            _waiting.RemoveFirst();
        }

        next.SetResult(new QueryPass(this, _share));
    }

    // Whoever is no longer in the queue has got its pass.
    void GiveUp(LinkedListNode<TaskCompletionSource<QueryPass>> place, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (place.List is null)
            {
                return;
            }

            _waiting.Remove(place);
        }

        place.Value.SetCanceled(cancellationToken);
    }
}
