namespace Millrace.Sources.Arrivals;

/// <summary>Keeps what cannot be used, for a person to look at. Guaranteed: what was added survives a crash right after. The same may be added twice where a crash comes before its message is deleted.</summary>
public interface ISetAside
{
    /// <summary>Keeps a message.</summary>
    /// <param name="from">Where it came from.</param>
    /// <param name="reason">Why it cannot be used, in a sentence.</param>
    /// <param name="content">The message.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    Task AddAsync(string from, string reason, string content, CancellationToken cancellationToken);
}
