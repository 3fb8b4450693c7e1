using System.Text.Encodings.Web;
using System.Text.Json;

namespace Millrace.Queries.Results;

/// <summary>Writes a result to its end, streamed: what is held does not grow with it.</summary>
public static class ResultRows
{
    /// <summary>Writes each row as a JSON object.</summary>
    /// <param name="result">The rows.</param>
    /// <param name="output">Where they go.</param>
    /// <param name="isArray">True for one array, false for NDJSON.</param>
    /// <param name="omitted">Columns that are left out.</param>
    public static void WriteJson(this QueryResult result, Stream output, bool isArray, IReadOnlySet<string>? omitted = null)
    {
        using var rows = new JsonRows(output, isArray);
        ResultColumn[] columns = [.. result.Columns.Where(column => omitted?.Contains(column.Name) != true)];
        JsonEncodedText[] names = [.. columns.Select(column => JsonEncodedText.Encode(column.Name, JavaScriptEncoder.UnsafeRelaxedJsonEscaping))];
        while (result.Read())
        {
            var json = rows.BeginRow();
            json.WriteStartObject();
            for (var i = 0; i < columns.Length; i++)
            {
                json.WritePropertyName(names[i]);
                columns[i].Write(json, result.Row);
            }

            json.WriteEndObject();
            rows.EndRow();
        }

        rows.Finish();
    }

    /// <summary>Writes the names of the columns, then each row, as CSV.</summary>
    /// <param name="result">The rows.</param>
    /// <param name="output">Where they go.</param>
    /// <param name="forSpreadsheets">True where people open it in a spreadsheet, as <see cref="CsvRows"/> says.</param>
    public static void WriteCsv(this QueryResult result, Stream output, bool forSpreadsheets = false)
    {
        var rows = new CsvRows(output, forSpreadsheets);
        ResultColumn[] columns = [.. result.Columns];
        rows.WriteHeader(columns.Select(column => column.Name));
        while (result.Read())
        {
            foreach (var column in columns)
            {
                column.Write(rows, result.Row);
            }

            rows.EndRow();
        }

        rows.Flush();
    }
}
