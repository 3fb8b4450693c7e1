using System.Globalization;
using System.Text;
using System.Text.Json;
using Millrace.Queries.DuckDb;

namespace Millrace.Queries.Results;

/// <summary>Text.</summary>
unsafe class TextReader : ValueReader
{
    // duckdb_string_t: a length, then the text itself up to twelve bytes, else a prefix and a pointer.
    const int Size = 16;
    const int InlineLength = 12;

    public override string Text(int row) => Encoding.UTF8.GetString(Bytes(row));

    public override void Write(Utf8JsonWriter json, int row) => json.WriteStringValue(Bytes(row));

    public override void Write(CsvRows csv, int row) => csv.WriteText(Bytes(row));

    /// <summary>The bytes of a row that is not NULL.</summary>
    public ReadOnlySpan<byte> Bytes(int row)
    {
        var entry = Data + ((long)row * Size);
        var length = *(int*)entry;
        return new(length <= InlineLength ? entry + sizeof(int) : *(byte**)(entry + (2 * sizeof(int))), length);
    }
}

/// <summary>JSON, which stays JSON in JSON.</summary>
sealed class JsonReader : TextReader
{
    public override void Write(Utf8JsonWriter json, int row) => json.WriteRawValue(Bytes(row), skipInputValidation: true);
}

/// <summary>Bytes, shown as hexadecimal digits.</summary>
sealed class BlobReader : TextReader
{
    public override string Text(int row) => Convert.ToHexStringLower(Bytes(row));

    public override void Write(Utf8JsonWriter json, int row) => json.WriteStringValue(Text(row));

    public override void Write(CsvRows csv, int row) => csv.WriteText(Text(row));
}

/// <summary>Values of an ENUM, by their names.</summary>
sealed unsafe class EnumReader : ValueReader
{
    readonly string[] _names;
    readonly DuckDbType _width;

    public EnumReader(nint type)
    {
        _width = Native.EnumInternalType(type);
        _names = new string[Native.EnumDictionarySize(type)];
        for (var i = 0; i < _names.Length; i++)
        {
            _names[i] = Native.TakeText(Native.EnumDictionaryValue(type, (ulong)i));
        }
    }

    public override string Text(int row) => _names[_width switch
    {
        DuckDbType.UTinyInt => Data[row],
        DuckDbType.USmallInt => ((ushort*)Data)[row],
        _ => ((uint*)Data)[row],
    }];
}

/// <summary>UUIDs, which DuckDB keeps as 128-bit integers with the first bit turned over.</summary>
sealed unsafe class UuidReader : ValueReader
{
    public override string Text(int row)
    {
        var value = ((UInt128*)Data)[row] ^ (UInt128.One << 127);
        var digits = value.ToString("x32", CultureInfo.InvariantCulture);
        return Guid.ParseExact(digits, "N").ToString();
    }
}

/// <summary>DECIMALs: integers of four widths with a scale.</summary>
sealed unsafe class DecimalReader(DuckDbType width, byte scale) : ValueReader
{
    public override bool IsNumber => true;

    public static DecimalReader Of(nint type) => new(Native.DecimalInternalType(type), Native.DecimalScale(type));

    public override string Text(int row)
    {
        var unscaled = width switch
        {
            DuckDbType.SmallInt => ((short*)Data)[row],
            DuckDbType.Integer => ((int*)Data)[row],
            DuckDbType.BigInt => ((long*)Data)[row],
            _ => ((Int128*)Data)[row],
        };
        var digits = Int128.Abs(unscaled).ToString(CultureInfo.InvariantCulture).PadLeft(scale + 1, '0');
        var sign = Int128.IsNegative(unscaled) ? "-" : "";
        return scale == 0 ? sign + digits : $"{sign}{digits[..^scale]}.{digits[^scale..]}";
    }

    public override void Write(Utf8JsonWriter json, int row) => json.WriteRawValue(Text(row), skipInputValidation: true);
}
