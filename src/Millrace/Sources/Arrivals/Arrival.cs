namespace Millrace.Sources.Arrivals;

/// <summary>A file or an object that is new or has grown.</summary>
/// <param name="name">Its path or address.</param>
/// <param name="since">Since when it waits to be read.</param>
/// <param name="find">Looks at it as it is at that moment; null where it is gone. Throws a <see cref="UserException"/> where it cannot be looked at.</param>
public sealed class Arrival(string name, DateTimeOffset since, Func<CancellationToken, Task<LogFile?>> find)
{
    /// <summary>Its path or address.</summary>
    public string Name => name;

    /// <summary>Since when it waits to be read.</summary>
    public DateTimeOffset Since => since;

    /// <summary>How many stored bytes it has, as far as is known; it may have changed since.</summary>
    public long Size { get; init; }

    /// <summary>What told of it, for whoever told.</summary>
    public object? Receipt { get; init; }

    /// <summary>The file as it is now; null where it is gone. Throws a <see cref="UserException"/> where it cannot be looked at.</summary>
    public Task<LogFile?> FindAsync(CancellationToken cancellationToken) => find(cancellationToken);
}
