namespace Millrace.Intake;

/// <summary>
/// Where something arrives. Guaranteed: whatever is there and was never acknowledged arrives, in this run or in a later one. The same may arrive any number of
/// times and in any order. Receiving is for one caller, everything else may be called meanwhile.
/// </summary>
/// <typeparam name="T">What arrives. Each object that is received is acknowledged or returned as that object.</typeparam>
public interface IInflow<T> : IAsyncDisposable
    where T : class
{
    /// <summary>What is received from, for messages, such as <c>the queue 'uploads'</c>.</summary>
    string Name { get; }

    /// <summary>Throws a <see cref="UserException"/> where this cannot work as it was asked for: no such directory, bucket, queue or stream.</summary>
    Task CheckAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Goes on until it is cancelled. Null says that all is well and nothing more has arrived for now. May throw a <see cref="UserException"/> for what may
    /// pass, and can be called again then; must not retry without an end itself.
    /// </summary>
    IAsyncEnumerable<T?> ReceiveAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Takes note that items need not arrive again: their content is in, or there is none any more. A crash or a failure before it has taken effect makes them
    /// arrive again. May throw a <see cref="UserException"/>.
    /// </summary>
    Task AcknowledgeAsync(IReadOnlyList<T> items, CancellationToken cancellationToken);

    /// <summary>Takes note that an item could not be read now. It arrives again later, unless that has happened too often; then it is set aside.</summary>
    Task ReturnAsync(T item, CancellationToken cancellationToken);
}
