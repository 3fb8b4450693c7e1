namespace Millrace.Intake;

/// <summary>What is committed together, for whoever commits it. Each item is in, has no content any more, or goes back.</summary>
/// <typeparam name="T">What arrives.</typeparam>
public sealed class IntakeBatch<T>
    where T : class
{
    readonly Func<Taken<T>, UserException, CancellationToken, Task> _giveBack;
    readonly List<Taken<T>> _rest;
    readonly List<Taken<T>> _gone = [];

    internal IntakeBatch(IEnumerable<Taken<T>> taken, Func<Taken<T>, UserException, CancellationToken, Task> giveBack) =>
        (_rest, _giveBack) = ([.. taken], giveBack);

    /// <summary>The items that are to be committed, as of now.</summary>
    public IReadOnlyList<T> Items => [.. _rest.Select(taken => taken.Item)];

    /// <summary>Those that are neither gone nor have gone back.</summary>
    internal IReadOnlyList<Taken<T>> Rest => _rest;

    /// <summary>Those that need not arrive again, whatever becomes of the others.</summary>
    internal IReadOnlyList<Taken<T>> Gone => _gone;

    /// <summary>Notes that an item has no content any more: it is acknowledged, and nothing of it is committed.</summary>
    public void Drop(T item) => _gone.Add(Remove(item));

    /// <summary>Gives an item that cannot be read back to where it came from, so that the others can be committed without it.</summary>
    /// <param name="item">The item.</param>
    /// <param name="failure">Why it cannot be read.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public Task ReturnAsync(T item, UserException failure, CancellationToken cancellationToken) => _giveBack(Remove(item), failure, cancellationToken);

    Taken<T> Remove(T item)
    {
        var at = _rest.FindIndex(taken => ReferenceEquals(taken.Item, item));
        var found = at >= 0 ? _rest[at] : throw new ArgumentException("The item is not, or no longer, in the batch.", nameof(item));
        _rest.RemoveAt(at);
        return found;
    }
}
