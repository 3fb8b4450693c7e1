namespace Millrace.App.Schedules;

/// <summary>How a run of a schedule stands. The numbers are stored.</summary>
public enum ScheduleState
{
    /// <summary>It has begun. One that nobody works on any more was interrupted.</summary>
    Running = 0,

    /// <summary>The mail reached at least one of those it went to.</summary>
    Sent = 1,

    /// <summary>There was nothing to tell, and nothing was sent.</summary>
    Nothing = 2,

    /// <summary>It failed: the next run covers its period too.</summary>
    Failed = 3,
}
