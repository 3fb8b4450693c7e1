using Millrace.Parsing;

namespace Millrace.Queries;

/// <summary>One call of <c>logs()</c> or <c>rejects()</c>: its parameters, of which all but the sources may be missing.</summary>
sealed record LogTableCall
{
    public required IReadOnlyList<string> Sources { get; init; }

    public string? Format { get; init; }

    public DateTimeOffset? Since { get; init; }

    public DateTimeOffset? Until { get; init; }

    public ServiceRule? Service { get; init; }

    public ServiceRule? Caller { get; init; }

    public TimeZoneInfo? TimeZone { get; init; }

    /// <summary>The same for calls that mean the same.</summary>
    public string Key => string.Join('\u001f', [.. Sources, Format, Since?.ToString("O"), Until?.ToString("O"), Service?.ToString(), Caller?.ToString(), TimeZone?.Id]);
}
