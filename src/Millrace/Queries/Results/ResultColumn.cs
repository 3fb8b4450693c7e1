using System.Text.Json;

namespace Millrace.Queries.Results;

/// <summary>One column of a result. Methods read the value of a row of the current chunk.</summary>
public sealed class ResultColumn
{
    internal ResultColumn(string name, ValueReader reader)
    {
        Name = name;
        Reader = reader;
    }

    /// <summary>The column's name.</summary>
    public string Name { get; }

    /// <summary>True where tables should align it to the right.</summary>
    public bool IsNumber => Reader.IsNumber;

    internal ValueReader Reader { get; }

    /// <summary>True where the value is NULL.</summary>
    public bool IsNull(int row) => Reader.IsNull(row);

    /// <summary>The value as text: times as ISO 8601 with T and Z, nested values as JSON; null for NULL.</summary>
    public string? Text(int row) => Reader.IsNull(row) ? null : Reader.Text(row);

    /// <summary>The value of a BIGINT column that is not NULL.</summary>
    internal long Integer(int row) => ((ValueReader.NumberReader<long>)Reader).Value(row);

    /// <summary>The bytes of a text that is not NULL; of use until the next row is read.</summary>
    internal ReadOnlySpan<byte> Utf8(int row) => ((TextReader)Reader).Bytes(row);

    /// <summary>Writes the value as JSON.</summary>
    public void Write(Utf8JsonWriter json, int row)
    {
        if (Reader.IsNull(row))
        {
            json.WriteNullValue();
        }
        else
        {
            Reader.Write(json, row);
        }
    }

    /// <summary>Writes the value as a cell of CSV.</summary>
    public void Write(CsvRows csv, int row)
    {
        if (Reader.IsNull(row))
        {
            csv.WriteNull();
        }
        else
        {
            Reader.Write(csv, row);
        }
    }
}
