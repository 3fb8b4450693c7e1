namespace Millrace.Parsing;

/// <summary>How the text of a <see cref="RawField"/> is written, and so how SQL casts it.</summary>
public enum RawValue
{
    /// <summary>Text; <c>-</c> and nothing are NULL.</summary>
    Text,

    /// <summary>Text that may stand in double quotes, which do not belong to it; nothing in it is escaped, and <c>-</c> and nothing are NULL.</summary>
    QuotedText,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>A number with or without a fraction.</summary>
    Real,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Boolean,

    /// <summary>A duration in seconds; a negative one is NULL.</summary>
    Seconds,

    /// <summary>A duration in milliseconds; a negative one is NULL.</summary>
    Milliseconds,

    /// <summary>A duration in microseconds; a negative one is NULL.</summary>
    Microseconds,

    /// <summary>A duration in nanoseconds; a negative one is NULL.</summary>
    Nanoseconds,

    /// <summary>A list of durations in seconds, <c>0.1, 0.2 : 0.3</c>, which count as their sum.</summary>
    SecondsList,

    /// <summary><c>22/Nov/2026:10:00:00 +0000</c>.</summary>
    ClfTime,

    /// <summary>An ISO 8601 time.</summary>
    IsoTime,

    /// <summary>A count since 1970 in seconds, milliseconds, microseconds or nanoseconds, told by its size.</summary>
    EpochTime,

    /// <summary>An ISO 8601 time, one as access logs write it, or a count since 1970.</summary>
    AnyTime,

    /// <summary>A time as <see cref="RawField.TimePattern"/> says.</summary>
    PatternTime,

    /// <summary>A list of texts in JSON, of which the first counts, or a text alone.</summary>
    FirstOfList,

    /// <summary>JSON text.</summary>
    Json,
}
