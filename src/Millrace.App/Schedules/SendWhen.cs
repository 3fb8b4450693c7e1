namespace Millrace.App.Schedules;

/// <summary>When a scheduled report is mailed.</summary>
public enum SendWhen
{
    /// <summary>Each time, also where nothing happened.</summary>
    Always,

    /// <summary>Where it found anything.</summary>
    Found,

    /// <summary>Where it found something that a person should look at: errors that go on as before are none.</summary>
    News,
}
