namespace Millrace.Aws;

/// <summary>A client of the SDK that is made, with the search for credentials that it takes, when it is first asked for.</summary>
/// <param name="openAsync">Makes it.</param>
sealed class LateClient<T>(Func<Task<T>> openAsync) : IDisposable
    where T : IDisposable
{
    readonly Lazy<Task<T>> _client = new(() => Task.Run(openAsync));

    /// <summary>The client. Cancelling ends the wait, not the making.</summary>
    public Task<T> GetAsync(CancellationToken cancellationToken) => _client.Value.WaitAsync(cancellationToken);

    /// <inheritdoc/>
    public void Dispose()
    {
        // One that could not be made, or is being made while the process ends, has nothing to give back.
        if (_client is { IsValueCreated: true, Value: { IsCompletedSuccessfully: true } made })
        {
            made.Result.Dispose();
        }
    }
}
