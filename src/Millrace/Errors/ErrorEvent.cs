namespace Millrace.Errors;

/// <summary>One event that is an error.</summary>
/// <param name="Micros">When it happened, in microseconds since 1970 (UTC).</param>
/// <param name="Text">Its message, with the lines of a stack trace; for a request without one, method, endpoint and status.</param>
/// <param name="File">The file it is in.</param>
/// <param name="Line">The number of its first line.</param>
readonly record struct ErrorEvent(long Micros, string Text, string File, long Line)
{
    public string? Service { get; init; }

    public string? Endpoint { get; init; }

    public string? Host { get; init; }

    public string? Caller { get; init; }

    /// <summary>The first line, which the template is made of.</summary>
    public string Message => Text.IndexOf('\n', StringComparison.Ordinal) is var end and >= 0 ? Text[..end] : Text;
}
