using System.Text;

namespace Millrace.Mail;

/// <summary>
/// CSV for people who open it in a spreadsheet: a text that a spreadsheet would take for a formula (<c>=</c>, <c>+</c>, <c>-</c>, <c>@</c>, a tab or a
/// line end first) begins with an apostrophe. What a log holds must not run on the reader's machine.
/// </summary>
/// <param name="columns">The columns.</param>
/// <param name="mostBytes">From the first row on that would not fit, rows are left out.</param>
sealed class SafeCsv(IReadOnlyList<MailColumn> columns, int mostBytes)
{
    const string FirstOfFormulas = "=+-@\t\r\n";

    readonly MemoryStream _written = Begin(columns);
    bool _isFull;

    /// <summary>How many rows were taken.</summary>
    public long RowCount { get; private set; }

    /// <summary>Adds a row, unless the limit is reached.</summary>
    public void Add(IReadOnlyList<string?> row)
    {
        var line = Encoding.UTF8.GetBytes(Line(row.Select((value, i) => Cell(value, columns[i].IsNumber))));
        _isFull |= _written.Length + line.Length > mostBytes;
        if (!_isFull)
        {
            _written.Write(line);
            RowCount++;
        }
    }

    /// <summary>What was written, with the names of the columns first.</summary>
    public byte[] ToArray() => _written.ToArray();

    /// <summary>A value as a cell. NULL is empty, an empty text is quoted.</summary>
    public static string Cell(string? value, bool isNumber)
    {
        if (string.IsNullOrEmpty(value))
        {
            return value is null ? "" : "\"\"";
        }

        var safe = !isNumber && FirstOfFormulas.Contains(value[0]) ? "'" + value : value;
        return safe.AsSpan().IndexOfAny(",\"\r\n") < 0 ? safe : $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    static MemoryStream Begin(IReadOnlyList<MailColumn> columns)
    {
        var stream = new MemoryStream();
        stream.Write(Encoding.UTF8.GetBytes(Line(columns.Select(column => Cell(column.Name, isNumber: false)))));
        return stream;
    }

    static string Line(IEnumerable<string> cells) => string.Join(',', cells) + "\n";
}
