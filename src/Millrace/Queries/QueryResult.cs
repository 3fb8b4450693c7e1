using Millrace.Queries.DuckDb;
using Millrace.Queries.Results;

namespace Millrace.Queries;

/// <summary>
/// The rows of a query, streamed: nothing but the current chunk is held. Call <see cref="Read"/>, then look at the columns.
/// </summary>
public sealed class QueryResult : IDisposable
{
    readonly QuerySession _session;
    nint _statement;
    Native.NativeResult _result;
    nint _chunk;
    int _rows;

    internal unsafe QueryResult(QuerySession session, nint statement, Native.NativeResult result)
    {
        _session = session;
        _statement = statement;
        _result = result;
        var count = Native.ColumnCount(ref _result);
        var columns = new ResultColumn[count];
        for (ulong i = 0; i < count; i++)
        {
            var type = Native.ColumnLogicalType(ref _result, i);
            columns[i] = new ResultColumn(Native.Text(Native.ColumnName(ref _result, i)), ValueReader.For(type));
            Native.DestroyLogicalType(ref type);
        }

        Columns = columns;
    }

    /// <summary>The columns; their values are those of the current row.</summary>
    public IReadOnlyList<ResultColumn> Columns { get; }

    /// <summary>The current row's number in the current chunk; what <see cref="ResultColumn"/> methods take.</summary>
    public int Row { get; private set; } = -1;

    /// <summary>Moves to the next row; false after the last.</summary>
    public bool Read()
    {
        while (++Row >= _rows)
        {
            if (!ReadChunk())
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Runs to the end without looking at rows.</summary>
    public void Drain()
    {
        while (ReadChunk())
        {
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        ReleaseChunk();
        if (_statement != 0)
        {
            Native.DestroyResult(ref _result);
            Native.DestroyPrepare(ref _statement);
        }
    }

    unsafe bool ReadChunk()
    {
        ReleaseChunk();
        _chunk = Native.FetchChunk(_result);
        Row = -1;
        if (_chunk == 0)
        {
            var error = Native.Text(Native.ResultError(ref _result));
            return error.Length == 0 ? false : throw _session.Failure(error);
        }

        _rows = (int)Native.DataChunkGetSize(_chunk);
        for (var i = 0; i < Columns.Count; i++)
        {
            Columns[i].Reader.Load(Native.DataChunkGetVector(_chunk, (ulong)i));
        }

        return _rows > 0;
    }

    void ReleaseChunk()
    {
        if (_chunk != 0)
        {
            Native.DestroyDataChunk(ref _chunk);
        }

        _rows = 0;
    }
}
