namespace Millrace.Aws;

/// <summary>
/// A client of the SDK that is made, with the search for credentials that it takes, when it is first asked for. Callers that ask meanwhile wait for the same
/// one. After a failure the next call tries again, since a network comes back and a user signs in.
/// </summary>
/// <param name="openAsync">Makes it.</param>
sealed class LateClient<T>(Func<Task<T>> openAsync) : IDisposable
    where T : IDisposable
{
    readonly Lock _lock = new();
    Task<T>? _client;

    /// <summary>The client. Cancelling ends the wait, not the making.</summary>
    public Task<T> GetAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_client is null or { IsCompleted: true, IsCompletedSuccessfully: false })
            {
                _client = Task.Run(openAsync);
            }

            return _client.WaitAsync(cancellationToken);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // One that could not be made, or is being made while the process ends, has nothing to give back.
        if (_client is { IsCompletedSuccessfully: true } made)
        {
            made.Result.Dispose();
        }
    }
}
