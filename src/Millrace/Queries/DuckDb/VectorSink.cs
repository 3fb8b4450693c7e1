using System.Runtime.CompilerServices;
using Millrace.Parsing;

namespace Millrace.Queries.DuckDb;

/// <summary>Writes rows into the vectors of a DuckDB chunk. Used for the length of one callback.</summary>
unsafe struct VectorSink(VectorSink.Vector* vectors) : IEventSink
{
    // duckdb_string_t: a length, and either twelve bytes of text or a prefix and a pointer.
    const int InlineLength = 12;
    const int StringSize = 16;

    int _row;

    /// <summary>A vector of the chunk, and where its values and its validity are.</summary>
    public struct Vector
    {
        public nint Handle;
        public byte* Data;
        public ulong* Validity;
    }

    /// <summary>Looks up the vectors of a chunk.</summary>
    public static void Load(nint chunk, Span<Vector> vectors)
    {
        for (var i = 0; i < vectors.Length; i++)
        {
            var handle = Native.DataChunkGetVector(chunk, (ulong)i);
            vectors[i] = new Vector { Handle = handle, Data = (byte*)Native.VectorGetData(handle) };
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void StartRow(int row) => _row = row;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Null(int column)
    {
        ref var vector = ref vectors[column];
        if (vector.Validity == null)
        {
            MakeWritable(ref vector);
        }

        vector.Validity[_row >> 6] &= ~(1UL << (_row & 63));
    }

    // Not inlined: a method that calls native code makes a frame for it on every call, whether it gets there or not.
    [MethodImpl(MethodImplOptions.NoInlining)]
    static void MakeWritable(ref Vector vector)
    {
        Native.VectorEnsureValidityWritable(vector.Handle);
        vector.Validity = Native.VectorGetValidity(vector.Handle);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Number(int column, long value) => ((long*)vectors[column].Data)[_row] = value;

    public readonly void Real(int column, double value) => ((double*)vectors[column].Data)[_row] = value;

    public readonly void Boolean(int column, bool value) => vectors[column].Data[_row] = value ? (byte)1 : (byte)0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Text(int column, ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length <= InlineLength)
        {
            var entry = new Span<byte>(vectors[column].Data + ((long)_row * StringSize), StringSize);
            entry.Clear();
            entry[0] = (byte)utf8.Length;
            utf8.CopyTo(entry[sizeof(uint)..]);
            return;
        }

        fixed (byte* text = utf8)
        {
            Native.UnsafeVectorAssignStringElementLen(vectors[column].Handle, (ulong)_row, text, (ulong)utf8.Length);
        }
    }
}
