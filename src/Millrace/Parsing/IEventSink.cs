namespace Millrace.Parsing;

/// <summary>
/// Takes the values of one row. Two kinds exist: vectors of a DuckDB chunk, and managed values. Implemented by structs, so that writing a row costs no
/// virtual call. Each column of the row gets exactly one call.
/// </summary>
public interface IEventSink
{
    /// <summary>The values that follow are those of this row, counted from 0.</summary>
    void StartRow(int row);

    /// <summary>The column has no value.</summary>
    void Null(int column);

    /// <summary>An Integer, or a Timestamp in microseconds since 1970.</summary>
    void Number(int column, long value);

    /// <summary>A Real.</summary>
    void Real(int column, double value);

    /// <summary>A Boolean.</summary>
    void Boolean(int column, bool value);

    /// <summary>A Text or Json: valid UTF-8, of use only during the call.</summary>
    void Text(int column, ReadOnlySpan<byte> utf8);
}
