namespace Millrace.Parsing.Layouts;

/// <summary>How a field of a layout is written, and so what makes it well-formed.</summary>
enum FieldSyntax : byte
{
    /// <summary>Any text up to what follows it in the layout. <c>-</c> and nothing are NULL.</summary>
    Text,

    /// <summary>Text between quotes, in which a backslash keeps a quote from ending it. <c>-</c> and nothing are NULL.</summary>
    Quoted,

    /// <summary>
    /// Text between quotes or, without them, up to what follows it; nothing in it is escaped, not even a quote. A quote ends it where the field's terminator follows and the next quote
    /// of the line, if any, can open another field. <c>-</c> and nothing are NULL.
    /// </summary>
    LooseQuoted,

    /// <summary>A list as nginx writes one value an upstream: <c>a, b : c</c>.</summary>
    List,

    /// <summary>Digits; <c>-</c> is NULL.</summary>
    Integer,

    /// <summary>Three digits; <c>-</c> is NULL.</summary>
    Status,

    /// <summary>Digits, perhaps with a minus before them; <c>-</c> is NULL.</summary>
    SignedInteger,

    /// <summary>Seconds with or without a fraction, read as microseconds; <c>-</c> and negative ones are NULL.</summary>
    Seconds,

    /// <summary>Milliseconds with or without a fraction, read as microseconds; <c>-</c> and negative ones are NULL.</summary>
    Milliseconds,

    /// <summary>Microseconds, of which a fraction is cut off; <c>-</c> and negative ones are NULL.</summary>
    Microseconds,

    /// <summary>A list of seconds as nginx writes one value an upstream, read as the sum in microseconds.</summary>
    SecondsList,

    /// <summary>A number with or without a sign, a fraction and an exponent; <c>-</c> is NULL.</summary>
    Number,

    /// <summary>An IPv4 or IPv6 address; <c>-</c> is NULL.</summary>
    Address,

    /// <summary>An address with or without a port: <c>192.0.2.7:443</c>, <c>[2001:db8::7]:443</c>; <c>-</c> is NULL.</summary>
    AddressAndPort,

    /// <summary><c>dd/Mon/yyyy:HH:mm:ss ±zzzz</c>.</summary>
    ClfTime,

    /// <summary>An ISO 8601 time.</summary>
    IsoTime,

    /// <summary>A count since 1970, whose unit shows from its size.</summary>
    EpochTime,

    /// <summary>A time in any of the ways that <see cref="Events.TimeText"/> reads.</summary>
    AnyTime,

    /// <summary>A time as a <see cref="Events.TimePattern"/> says, which ends where the pattern does, whatever it holds.</summary>
    PatternTime,
}
