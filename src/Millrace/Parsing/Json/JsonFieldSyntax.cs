namespace Millrace.Parsing.Json;

/// <summary>How a field of a JSON format is written, and so what makes it well-formed. Numbers, times and truth values may also stand in a string.</summary>
enum JsonFieldSyntax : byte
{
    /// <summary>A string; a number counts as its text.</summary>
    Text,

    /// <summary>A string and nothing else.</summary>
    OnlyString,

    /// <summary>Text that may end in a line break, which is left out.</summary>
    TextLine,

    /// <summary>Text, or an array whose first element is a string, which is taken: how headers are written that may come several times.</summary>
    FirstText,

    /// <summary>Text, or an array of numbers from 0 to 255 that are its bytes: how journald writes what is no UTF-8.</summary>
    TextBytes,

    /// <summary>A request line: <c>GET /a?b HTTP/1.1</c>.</summary>
    RequestLine,

    /// <summary>Text that may be the name of a service: without a slash, a colon, a space or an opening bracket.</summary>
    ServiceName,

    /// <summary>Any value: a string as its text, all else as JSON.</summary>
    Any,

    /// <summary>Any value, kept as JSON.</summary>
    Json,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>A whole number that is not negative.</summary>
    Count,

    /// <summary>A whole number up to 999.</summary>
    Status,

    /// <summary>A number.</summary>
    Real,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A duration in the field's unit, or a text with a unit of its own, read as microseconds; a negative one is NULL.</summary>
    Duration,

    /// <summary>A time in any of the ways that <see cref="Events.TimeText"/> reads.</summary>
    AnyTime,

    /// <summary>An ISO 8601 time.</summary>
    IsoTime,

    /// <summary>A count since 1970 in the field's unit, with or without a fraction.</summary>
    EpochTime,
}
