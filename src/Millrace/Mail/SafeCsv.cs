using Millrace.Queries.Results;

namespace Millrace.Mail;

/// <summary>CSV for people who open it in a spreadsheet, as <see cref="CsvRows"/> makes it safe for them, up to a number of bytes.</summary>
sealed class SafeCsv
{
    readonly IReadOnlyList<MailColumn> _columns;
    readonly int _mostBytes;
    readonly MemoryStream _written = new();
    readonly CsvRows _rows;
    bool _isFull;

    /// <summary>Begins with the names of the columns.</summary>
    /// <param name="columns">The columns.</param>
    /// <param name="mostBytes">From the first row on that would not fit, rows are left out.</param>
    public SafeCsv(IReadOnlyList<MailColumn> columns, int mostBytes)
    {
        (_columns, _mostBytes) = (columns, mostBytes);
        _rows = new CsvRows(_written, forSpreadsheets: true);
        _rows.WriteHeader(columns.Select(column => column.Name));
    }

    /// <summary>How many rows were taken.</summary>
    public long RowCount { get; private set; }

    /// <summary>Adds a row, unless the limit is reached.</summary>
    public void Add(IReadOnlyList<string?> row)
    {
        if (_isFull)
        {
            return;
        }

        for (var i = 0; i < row.Count; i++)
        {
            Write(row[i], _columns[i].IsNumber);
        }

        _isFull = !_rows.EndRow(_mostBytes);
        RowCount += _isFull ? 0 : 1;
    }

    /// <summary>What was written, with the names of the columns first.</summary>
    public byte[] ToArray()
    {
        _rows.Flush();
        return _written.ToArray();
    }

    void Write(string? value, bool isNumber)
    {
        if (isNumber)
        {
            _rows.WriteNumber(value);
        }
        else
        {
            _rows.WriteText(value);
        }
    }
}
