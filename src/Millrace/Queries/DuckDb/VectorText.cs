namespace Millrace.Queries.DuckDb;

/// <summary>Texts in a vector. A duckdb_string_t has a length, then the text itself up to twelve bytes, else a prefix and a pointer.</summary>
static unsafe class VectorText
{
    const int Size = 16;
    const int InlineLength = 12;

    /// <summary>The bytes of a row that is not NULL.</summary>
    public static ReadOnlySpan<byte> At(byte* data, int row)
    {
        var entry = data + ((long)row * Size);
        var length = *(int*)entry;
        return new(length <= InlineLength ? entry + sizeof(int) : *(byte**)(entry + (2 * sizeof(int))), length);
    }
}
