using Millrace.Events;

namespace Millrace.Parsing.Csv;

/// <summary>How the lines of one CSV file are read.</summary>
/// <param name="Header">The header line, which is no event wherever it comes again.</param>
/// <param name="Delimiter">What stands between values.</param>
/// <param name="Columns">The columns, in the order of the header.</param>
sealed record CsvTable(byte[] Header, byte Delimiter, IReadOnlyList<CsvColumn> Columns)
{
    /// <summary>Fixes a format for the file.</summary>
    public FormatBinding Bind(string format, FormatInput input, ColumnMap map) => new()
    {
        Format = format,
        Fields = [.. FieldsWithFreeNames(map)],
        Columns = map,
        CreateParser = () => new CsvParser(this, new LocalZone(input.TimeZone)),
        Service = ServiceRule.Parse("field:service"),
        Caller = ServiceRule.Parse("field:caller"),
    };

    /// <summary>A column of its own must not have the name of an event column or of one before it.</summary>
    IEnumerable<FormatField> FieldsWithFreeNames(ColumnMap map)
    {
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < Columns.Count; i++)
        {
            var name = Columns[i].Name;
            while (!map.Shows(i) && (EventColumns.TryFind(name, out _) || !taken.Add(name)))
            {
                name += "_2";
            }

            yield return new(name, Columns[i].Type);
        }
    }
}
