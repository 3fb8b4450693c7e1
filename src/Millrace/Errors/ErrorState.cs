namespace Millrace.Errors;

/// <summary>How a group's errors in a period compare with those before it. In the order in which a person on call should look.</summary>
public enum ErrorState
{
    /// <summary>Never seen in the history.</summary>
    New,

    /// <summary>Not seen for some days, and before that it was.</summary>
    Back,

    /// <summary>More than the same times before let expect, beyond what chance would do.</summary>
    Rising,

    /// <summary>As before, or there is no history to compare with.</summary>
    Steady,

    /// <summary>Seen regularly before, and not at all in the period.</summary>
    Gone,
}
