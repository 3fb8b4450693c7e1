namespace Millrace.Errors;

/// <summary>One event that is an error.</summary>
/// <param name="Micros">When it happened, in microseconds since 1970 (UTC).</param>
/// <param name="File">The file it is in.</param>
/// <param name="Line">The number of its first line.</param>
/// <param name="Text">Its message, with the lines of a stack trace; for a request without one, method, endpoint and status.</param>
readonly record struct ErrorEvent(long Micros, string Text, string File, long Line)
{
    const long MicrosPerHour = 3_600_000_000;

    public string? Service { get; init; }

    public string? Endpoint { get; init; }

    public string? Host { get; init; }

    public string? Caller { get; init; }

    public long Hour => Micros / MicrosPerHour;
}
