using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Millrace.Queries.DuckDb;

namespace Millrace.Queries.Results;

/// <summary>A value made of values; as text it is its JSON.</summary>
abstract class NestedReader : ValueReader
{
    public override string Text(int row)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            Write(json, row);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    public abstract override void Write(Utf8JsonWriter json, int row);

    /// <summary>The reader of a part, whose type is destroyed once it is known.</summary>
    protected static ValueReader Part(nint type)
    {
        try
        {
            return For(type);
        }
        finally
        {
            Native.DestroyLogicalType(ref type);
        }
    }

    protected static void WriteValue(ValueReader reader, Utf8JsonWriter json, int row)
    {
        if (reader.IsNull(row))
        {
            json.WriteNullValue();
        }
        else
        {
            reader.Write(json, row);
        }
    }
}

/// <summary>Lists: an offset and a length into a vector of elements.</summary>
sealed unsafe class ListReader(nint type) : NestedReader
{
    readonly ValueReader _elements = Part(Native.ListTypeChildType(type));

    public override void Load(nint vector)
    {
        base.Load(vector);
        _elements.Load(Native.ListVectorGetChild(vector));
    }

    public override void Write(Utf8JsonWriter json, int row)
    {
        json.WriteStartArray();
        var (offset, length) = (((ulong*)Data)[row * 2], ((ulong*)Data)[(row * 2) + 1]);
        for (var i = offset; i < offset + length; i++)
        {
            WriteValue(_elements, json, (int)i);
        }

        json.WriteEndArray();
    }
}

/// <summary>Structs: a vector a field.</summary>
sealed class StructReader : NestedReader
{
    readonly (string Name, ValueReader Reader)[] _fields;

    public StructReader(nint type)
    {
        _fields = new (string, ValueReader)[Native.StructTypeChildCount(type)];
        for (var i = 0; i < _fields.Length; i++)
        {
            _fields[i] = (Native.TakeText(Native.StructTypeChildName(type, (ulong)i)), Part(Native.StructTypeChildType(type, (ulong)i)));
        }
    }

    public override void Load(nint vector)
    {
        base.Load(vector);
        for (var i = 0; i < _fields.Length; i++)
        {
            _fields[i].Reader.Load(Native.StructVectorGetChild(vector, (ulong)i));
        }
    }

    public override void Write(Utf8JsonWriter json, int row)
    {
        json.WriteStartObject();
        foreach (var (name, reader) in _fields)
        {
            json.WritePropertyName(name);
            WriteValue(reader, json, row);
        }

        json.WriteEndObject();
    }
}

/// <summary>Maps: lists of pairs of a key and a value.</summary>
sealed unsafe class MapReader(nint type) : NestedReader
{
    readonly ValueReader _keys = Part(Native.MapTypeKeyType(type));
    readonly ValueReader _values = Part(Native.MapTypeValueType(type));

    public override void Load(nint vector)
    {
        base.Load(vector);
        var pairs = Native.ListVectorGetChild(vector);
        _keys.Load(Native.StructVectorGetChild(pairs, 0));
        _values.Load(Native.StructVectorGetChild(pairs, 1));
    }

    public override void Write(Utf8JsonWriter json, int row)
    {
        json.WriteStartObject();
        var (offset, length) = (((ulong*)Data)[row * 2], ((ulong*)Data)[(row * 2) + 1]);
        for (var i = (int)offset; i < (int)(offset + length); i++)
        {
            json.WritePropertyName(_keys.Text(i));
            WriteValue(_values, json, i);
        }

        json.WriteEndObject();
    }
}
