using System.IO.Enumeration;

namespace Millrace.Lake.Retention;

/// <summary>What becomes of events once they are old: exactly one of <see cref="Deletes"/>, <see cref="DropColumns"/> and <see cref="MoveTo"/>.</summary>
/// <param name="Service">Whose events: the name of a service, where <c>*</c> stands for any letters; <c>*</c> alone means all events, also those that name no service.</param>
/// <param name="AfterDays">How many whole days must have passed since the end of their day (UTC).</param>
public sealed record RetentionRule(string Service, int AfterDays)
{
    /// <summary>The service of rules for all events.</summary>
    public const string All = "*";

    /// <summary>True where the events are deleted.</summary>
    public bool Deletes { get; init; }

    /// <summary>Columns that lose their values.</summary>
    public IReadOnlyList<string> DropColumns { get; init; } = [];

    /// <summary>Where data files go: another directory, or, in a bucket, a storage class of S3.</summary>
    public string? MoveTo { get; init; }

    /// <summary>What it does, in a word.</summary>
    public string Action => Deletes ? "delete" : MoveTo is not null ? "move" : "drop";

    /// <summary>True where it is time for the events of a day.</summary>
    public bool IsDue(DateOnly day, DateTimeOffset now) => day.AddDays(1).ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc).AddDays(AfterDays) <= now.UtcDateTime;

    /// <summary>Whether the rule is for all of a file's events, for none, or, as null, for some.</summary>
    public bool? Covers(LakeFile file) => Service == All ? true
        : file.Services is not { } services ? false
        : services.Least == services.Greatest ? IsFor(services.Least)
        : null;

    /// <summary>Whether the rule is for the events of a service; null asks for those that name none.</summary>
    public bool IsFor(string? service) => Service == All || (service is not null && FileSystemName.MatchesSimpleExpression(Service, service, ignoreCase: false));

    /// <summary>The condition in SQL for the events that it is for.</summary>
    internal string Condition() => Service == All ? "true" : $"COALESCE(regexp_full_match(service, {Queries.SqlText.Literal(string.Join(".*", Service.Split('*').Select(System.Text.RegularExpressions.Regex.Escape)))}), false)";
}
