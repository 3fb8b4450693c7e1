namespace Millrace.Parsing;

/// <summary>Key and value pairs of the current line that have no field of their own. Reused from line to line.</summary>
public sealed class AttributeList
{
    (FieldValue Key, FieldValue Value)[] _pairs = new (FieldValue, FieldValue)[8];

    /// <summary>How many pairs the current line has.</summary>
    public int Count { get; private set; }

    /// <summary>The pair at an index.</summary>
    public ref readonly (FieldValue Key, FieldValue Value) this[int index] => ref _pairs[index];

    /// <summary>Forgets the pairs of the line before.</summary>
    public void Clear() => Count = 0;

    /// <summary>
    /// Adds a pair. A value with <see cref="TextEscape.JsonValue"/> is written as JSON; any other becomes a JSON string.
    /// </summary>
    public void Add(FieldValue key, FieldValue value)
    {
        if (Count == _pairs.Length)
        {
            Array.Resize(ref _pairs, Count * 2);
        }

        _pairs[Count++] = (key, value);
    }
}
