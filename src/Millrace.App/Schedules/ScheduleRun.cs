namespace Millrace.App.Schedules;

/// <summary>A run of a schedule, as it is remembered.</summary>
/// <param name="Schedule">The name of the schedule.</param>
/// <param name="Period">What it covered.</param>
/// <param name="Started">When it began.</param>
/// <param name="State">How it stands.</param>
/// <param name="Detail">The mail's subject, or what failed.</param>
public sealed record ScheduleRun(string Schedule, SchedulePeriod Period, DateTimeOffset Started, ScheduleState State, string Detail);
