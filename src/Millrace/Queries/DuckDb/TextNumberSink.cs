using System.Runtime.CompilerServices;
using Millrace.Events;
using Millrace.Parsing;

namespace Millrace.Queries.DuckDb;

/// <summary>Writes rows as <see cref="VectorSink"/> does, but the texts of some columns as their numbers. Used for the length of one callback.</summary>
/// <param name="inner">Writes what is no number.</param>
/// <param name="vectors">The vectors of the chunk.</param>
/// <param name="numbered">The columns, in the order of the vectors; null for those that hold no numbers.</param>
/// <param name="numbers">Gives the numbers.</param>
unsafe struct TextNumberSink(VectorSink inner, VectorSink.Vector* vectors, EventColumn?[] numbered, TextNumbers numbers) : IEventSink
{
    int _row;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void StartRow(int row)
    {
        _row = row;
        inner.StartRow(row);
    }

    public readonly void Null(int column) => inner.Null(column);

    public readonly void Number(int column, long value) => inner.Number(column, value);

    public readonly void Real(int column, double value) => inner.Real(column, value);

    public readonly void Boolean(int column, bool value) => inner.Boolean(column, value);

    public readonly void Text(int column, ReadOnlySpan<byte> utf8)
    {
        if (numbered[column] is { } own)
        {
            ((uint*)vectors[column].Data)[_row] = numbers.Of(own, utf8);
        }
        else
        {
            inner.Text(column, utf8);
        }
    }
}
