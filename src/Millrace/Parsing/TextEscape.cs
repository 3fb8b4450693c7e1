namespace Millrace.Parsing;

/// <summary>How the text of a field is written in the line.</summary>
public enum TextEscape : byte
{
    /// <summary>As it is.</summary>
    None,

    /// <summary>
    /// As nginx and Apache write quoted fields: <c>\"</c>, <c>\\</c>, <c>\n</c>, <c>\r</c>, <c>\t</c>, <c>\v</c>, <c>\b</c> and <c>\xHH</c>;
    /// any other backslash stands for itself.
    /// </summary>
    Backslash,

    /// <summary>The inside of a JSON string with at least one escape (RFC 8259, section 7).</summary>
    Json,

    /// <summary>The inside of a quoted CSV field with at least one doubled quote (RFC 4180, section 2).</summary>
    DoubledQuote,

    /// <summary>JSON text (an object, an array, a number …) that is to be kept as it is.</summary>
    JsonValue,

    /// <summary>The inside of a JSON array of numbers from 0 to 255, which are the text's bytes.</summary>
    JsonBytes,

    /// <summary>Words parted by <c>+</c>, as IIS writes a space; a doubled one is a space and a plus.</summary>
    Plus,

    /// <summary>
    /// Text as CloudFront writes it: <c>%HH</c>, and <c>\xHH</c> in places. Text whose spaces were encoded twice (<c>%2520</c>) is decoded twice.
    /// </summary>
    Percent,

    /// <summary>A URL in which the percent signs that it had of its own were encoded (<c>%25</c>): what is left is the URL as it was sent.</summary>
    PercentUrl,

    /// <summary>The parameters of an element of syslog's structured data, <c> name="value" …</c>; an attribute of them is an object.</summary>
    SyslogParameters,

    /// <summary>A value in a CEF line: <c>\n</c> and <c>\r</c> are line breaks, any other escaped character stands for itself.</summary>
    Cef,

    /// <summary>Nothing stands there: the name alone says that it is so. As an attribute it is <c>true</c>.</summary>
    Flag,
}
