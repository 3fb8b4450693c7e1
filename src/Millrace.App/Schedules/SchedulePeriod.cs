namespace Millrace.App.Schedules;

/// <summary>What one run of a schedule covers.</summary>
/// <param name="Since">Its first instant.</param>
/// <param name="End">The first instant after it, where the next period begins.</param>
public readonly record struct SchedulePeriod(DateTimeOffset Since, DateTimeOffset End)
{
    /// <summary>Its last microsecond.</summary>
    public DateTimeOffset Until => End.AddMicroseconds(-1);
}
