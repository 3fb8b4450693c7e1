using System.Globalization;
using System.Text.Json;
using Millrace.Queries.DuckDb;

namespace Millrace.Queries.Results;

/// <summary>Reads the values of one vector: text for tables and CSV, JSON for JSON.</summary>
abstract unsafe class ValueReader
{
    ulong* _validity;

    /// <summary>The vector's values.</summary>
    protected byte* Data { get; private set; }

    /// <summary>True where values are numbers.</summary>
    public virtual bool IsNumber => false;

    /// <summary>The reader for a logical type.</summary>
    public static ValueReader For(nint type) => Native.GetTypeId(type) switch
    {
        DuckDbType.Boolean => new BooleanReader(),
        DuckDbType.TinyInt => new NumberReader<sbyte>(),
        DuckDbType.SmallInt => new NumberReader<short>(),
        DuckDbType.Integer => new NumberReader<int>(),
        DuckDbType.BigInt => new NumberReader<long>(),
        DuckDbType.UTinyInt => new NumberReader<byte>(),
        DuckDbType.USmallInt => new NumberReader<ushort>(),
        DuckDbType.UInteger => new NumberReader<uint>(),
        DuckDbType.UBigInt => new NumberReader<ulong>(),
        DuckDbType.HugeInt => new NumberReader<Int128>(),
        DuckDbType.UHugeInt => new NumberReader<UInt128>(),
        DuckDbType.Float => new NumberReader<float>(),
        DuckDbType.Double => new NumberReader<double>(),
        DuckDbType.Decimal => DecimalReader.Of(type),
        DuckDbType.Timestamp or DuckDbType.TimestampTz => new TimestampReader(TimeSpan.TicksPerMicrosecond, 1),
        DuckDbType.TimestampS => new TimestampReader(TimeSpan.TicksPerSecond, 1),
        DuckDbType.TimestampMs => new TimestampReader(TimeSpan.TicksPerMillisecond, 1),
        DuckDbType.TimestampNs => new TimestampReader(1, TimeSpan.NanosecondsPerTick),
        DuckDbType.Date => new DateReader(),
        DuckDbType.Time => new TimeReader(),
        DuckDbType.Interval => new IntervalReader(),
        DuckDbType.Uuid => new UuidReader(),
        DuckDbType.Blob => new BlobReader(),
        DuckDbType.Varchar => IsJson(type) ? new JsonReader() : new TextReader(),
        DuckDbType.Enum => new EnumReader(type),
        DuckDbType.List => new ListReader(type),
        DuckDbType.Struct => new StructReader(type),
        DuckDbType.Map => new MapReader(type),
        DuckDbType.SqlNull => new NumberReader<int>(),
        var other => throw new UserException($"A column of the result has the type {other.ToString().ToUpperInvariant()}, which is not printed. Cast it, for instance to VARCHAR.", UserException.Usage),
    };

    /// <summary>Turns to a vector.</summary>
    public virtual void Load(nint vector)
    {
        Data = (byte*)Native.VectorGetData(vector);
        _validity = Native.VectorGetValidity(vector);
    }

    public bool IsNull(int row) => _validity != null && (_validity[row >> 6] & (1UL << (row & 63))) == 0;

    /// <summary>The value of a row that is not NULL.</summary>
    public abstract string Text(int row);

    /// <summary>Writes the value of a row that is not NULL.</summary>
    public virtual void Write(Utf8JsonWriter json, int row) => json.WriteStringValue(Text(row));

    /// <summary>Writes the value of a row that is not NULL.</summary>
    public virtual void Write(CsvRows csv, int row)
    {
        if (IsNumber)
        {
            csv.WriteNumber(Text(row));
        }
        else
        {
            csv.WriteText(Text(row));
        }
    }

    static bool IsJson(nint type)
    {
        var alias = Native.LogicalTypeGetAlias(type);
        return alias != 0 && Native.TakeText(alias) == "JSON";
    }

    sealed class BooleanReader : ValueReader
    {
        public override string Text(int row) => Data[row] != 0 ? "true" : "false";

        public override void Write(Utf8JsonWriter json, int row) => json.WriteBooleanValue(Data[row] != 0);
    }

    internal sealed class NumberReader<T> : ValueReader
        where T : unmanaged, System.Numerics.INumber<T>
    {
        const int MostDigits = 64;

        public override bool IsNumber => true;

        public T Value(int row) => ((T*)Data)[row];

        public override string Text(int row) => ((T*)Data)[row].ToString(null, CultureInfo.InvariantCulture);

        public override void Write(Utf8JsonWriter json, int row)
        {
            if (T.IsFinite(Value(row)))
            {
                Span<byte> digits = stackalloc byte[MostDigits];
                json.WriteRawValue(digits[..Format(row, digits)], skipInputValidation: true);
            }
            else
            {
                json.WriteNullValue();
            }
        }

        public override void Write(CsvRows csv, int row)
        {
            Span<byte> digits = stackalloc byte[MostDigits];
            csv.WriteNumber(digits[..Format(row, digits)]);
        }

        int Format(int row, Span<byte> digits)
        {
            Value(row).TryFormat(digits, out var length, default, CultureInfo.InvariantCulture);
            return length;
        }
    }
}
