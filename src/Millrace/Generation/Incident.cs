namespace Millrace.Generation;

/// <summary>A time at which calls to a service time out.</summary>
/// <param name="Service">The service's name.</param>
/// <param name="From">The first instant.</param>
/// <param name="Until">The last instant.</param>
/// <param name="TimeoutShare">The share of the calls to the service that time out.</param>
public sealed record Incident(string Service, DateTimeOffset From, DateTimeOffset Until, double TimeoutShare);
