namespace Millrace.Parsing.W3c;

/// <summary>How a value under a <c>#Fields:</c> line is written.</summary>
enum W3cSyntax : byte
{
    /// <summary>Text as it is.</summary>
    Text,

    /// <summary>Text in which IIS writes spaces as <c>+</c>.</summary>
    Plus,

    /// <summary>Text that CloudFront encodes.</summary>
    Percent,

    /// <summary>A URL, or a part of one, whose percent signs CloudFront encodes.</summary>
    PercentUrl,

    /// <summary>Digits.</summary>
    Integer,

    /// <summary>Digits with or without a fraction.</summary>
    Real,

    /// <summary>Three digits, or a 0 alone.</summary>
    Status,

    /// <summary>Milliseconds; with a point in it, seconds, as servers other than Microsoft's write it.</summary>
    Taken,

    /// <summary>Seconds, with or without a fraction.</summary>
    Seconds,

    /// <summary><c>yyyy-MM-dd</c>, the date of the event.</summary>
    Date,

    /// <summary><c>HH:mm:ss</c> with or without a fraction, the time of the event.</summary>
    Time,

    /// <summary>The same on the local clock.</summary>
    LocalDate,

    /// <summary>The same on the local clock.</summary>
    LocalTime,
}
