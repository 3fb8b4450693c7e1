namespace Millrace.App.Schedules;

/// <summary>What became of a report that was run on schedule.</summary>
/// <param name="State">How it ended.</param>
/// <param name="Detail">The mail's subject, or what failed.</param>
/// <param name="Failure">Where some got the mail: who did not, and why.</param>
public sealed record ScheduleOutcome(ScheduleState State, string Detail, string? Failure = null);
