using Millrace.Queries;

namespace Millrace.Mail;

/// <summary>A result as a mail takes it: its first rows to be read, and its rows as CSV to be attached.</summary>
/// <param name="Columns">The columns.</param>
/// <param name="FirstRows">The rows that the mail shows; null is NULL.</param>
/// <param name="RowCount">How many rows the result has.</param>
/// <param name="Csv">The rows as CSV, in UTF-8.</param>
/// <param name="CsvRowCount">How many of the rows are in <paramref name="Csv"/>: all, unless they would not go by mail.</param>
sealed record MailTable(IReadOnlyList<MailColumn> Columns, IReadOnlyList<IReadOnlyList<string?>> FirstRows, long RowCount, byte[] Csv, long CsvRowCount)
{
    /// <summary>Mail servers refuse larger mails; base64 adds a third.</summary>
    const int MostCsvBytes = 6 << 20;

    const int MostRowsShown = 50;

    /// <summary>The same without columns that are empty in all rows that are shown: on a phone they would take the place of those that are not.</summary>
    public MailTable Shown
    {
        get
        {
            int[] filled = [.. Enumerable.Range(0, Columns.Count).Where(i => FirstRows.Any(row => row[i] is { Length: > 0 }))];
            return this with { Columns = [.. filled.Select(i => Columns[i])], FirstRows = [.. FirstRows.Select(row => filled.Select(i => row[i]).ToArray())] };
        }
    }

    /// <summary>Reads a result to its end. What is held does not grow with it.</summary>
    public static MailTable Read(QueryResult result)
    {
        var columns = result.Columns.Select(column => new MailColumn(column.Name, column.IsNumber)).ToArray();
        return Read(columns, Rows(result));
    }

    /// <summary>Takes rows one after another.</summary>
    public static MailTable Read(IReadOnlyList<MailColumn> columns, IEnumerable<IReadOnlyList<string?>> rows)
    {
        var csv = new SafeCsv(columns, MostCsvBytes);
        var first = new List<IReadOnlyList<string?>>();
        var count = 0L;
        foreach (var row in rows)
        {
            count++;
            csv.Add(row);
            if (first.Count < MostRowsShown)
            {
                first.Add(row);
            }
        }

        return new MailTable(columns, first, count, csv.ToArray(), csv.RowCount);
    }

    static IEnumerable<IReadOnlyList<string?>> Rows(QueryResult result)
    {
        while (result.Read())
        {
            yield return [.. result.Columns.Select(column => column.Text(result.Row))];
        }
    }
}
