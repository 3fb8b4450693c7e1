namespace Millrace.Parsing;

/// <summary>Key and value pairs of the current line that have no field of their own. Reused from line to line.</summary>
public sealed class AttributeList
{
    const int FirstLength = 8;

    (FieldValue Key, FieldValue Value)[] _pairs = [];
    byte[]?[] _names = [];

    /// <summary>How many pairs the current line has.</summary>
    public int Count { get; private set; }

    /// <summary>The pair at an index.</summary>
    public ref readonly (FieldValue Key, FieldValue Value) this[int index] => ref _pairs[index];

    /// <summary>The key of the pair at an index, where it does not stand in the line; null where it does.</summary>
    public byte[]? NameAt(int index) => _names[index];

    /// <summary>Forgets the pairs of the line before.</summary>
    public void Clear() => Count = 0;

    /// <summary>
    /// Adds a pair. A value with <see cref="TextEscape.JsonValue"/> is written as JSON; any other becomes a JSON string.
    /// </summary>
    public void Add(FieldValue key, FieldValue value)
    {
        Reserve();
        _names[Count] = null;
        _pairs[Count++] = (key, value);
    }

    /// <summary>Adds a pair whose key, as UTF-8, does not stand in the line.</summary>
    public void Add(byte[] key, FieldValue value)
    {
        Reserve();
        _names[Count] = key;
        _pairs[Count++] = (default, value);
    }

    void Reserve()
    {
        if (Count == _pairs.Length)
        {
            var length = Math.Max(FirstLength, Count * 2);
            Array.Resize(ref _pairs, length);
            Array.Resize(ref _names, length);
        }
    }
}
