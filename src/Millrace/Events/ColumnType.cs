namespace Millrace.Events;

/// <summary>What a column or a format's field holds.</summary>
public enum ColumnType
{
    /// <summary>UTF-8 text.</summary>
    Text,

    /// <summary>A 64-bit signed integer.</summary>
    Integer,

    /// <summary>A double-precision number.</summary>
    Real,

    /// <summary>Microseconds since 1970-01-01T00:00:00Z.</summary>
    Timestamp,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>JSON text.</summary>
    Json,
}
