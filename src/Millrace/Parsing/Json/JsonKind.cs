namespace Millrace.Parsing.Json;

/// <summary>What a JSON value is.</summary>
enum JsonKind : byte
{
    Null,
    Boolean,
    Number,
    String,
    Array,
    Object,
}
