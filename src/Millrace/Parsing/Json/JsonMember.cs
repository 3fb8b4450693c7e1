namespace Millrace.Parsing.Json;

/// <summary>A member of the object that a line holds.</summary>
struct JsonMember
{
    public int KeyStart;
    public int KeyLength;
    public bool KeyHasEscape;
    public ulong KeyHash;
    public JsonStep Step;
    public JsonValue Value;

    /// <summary>True where the member became a column, or another one of the same key comes later: it is no attribute.</summary>
    public bool IsUsed;

    /// <summary>The key's text between its quotes.</summary>
    public readonly FieldValue Key => FieldValue.Text(KeyStart, KeyLength, KeyHasEscape ? TextEscape.Json : TextEscape.None);
}
