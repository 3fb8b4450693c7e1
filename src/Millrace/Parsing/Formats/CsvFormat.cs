using Millrace.Parsing.Csv;

namespace Millrace.Parsing.Formats;

/// <summary>
/// Comma-, semicolon-, tab- or bar-separated values under a header. Columns of the usual names become event columns, a column of request lines
/// is taken apart, and every other column stays a column of its own name.
/// </summary>
static class CsvFormat
{
    /// <summary>The entry in the table of formats.</summary>
    public static LogFormat Format { get; } = new(
        "csv",
        "values separated by commas, semicolons, tabs or bars under a header line, as spreadsheets and exports write them",
        "Ip,Time,Endpoint,Response\n10.128.2.1,[29/Nov/2017:06:58:55,GET /login.php HTTP/1.1,200",
        Bind)
    {
        DependsOnHead = true,
        IsGeneral = true,
    };

    static FormatBinding? Bind(FormatInput input)
    {
        var header = CsvHeader.TryRead(input.Head.Span);
        if (header is null)
        {
            return null;
        }

        var columns = new CsvColumns(header, input).Read();
        return columns.IsLog ? new CsvTable(header.Line, header.Delimiter, columns.Columns).Bind("csv", input, columns.Map) : null;
    }
}
