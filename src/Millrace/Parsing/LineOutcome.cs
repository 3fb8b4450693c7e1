namespace Millrace.Parsing;

/// <summary>What a line turned out to be.</summary>
public enum LineOutcome
{
    /// <summary>An event: its fields are filled in.</summary>
    Event,

    /// <summary>A line that the format cannot read; <see cref="LineFields.RejectReason"/> says why.</summary>
    Reject,

    /// <summary>A line that belongs to the format but carries no event: a header, a directive.</summary>
    Skip,
}
