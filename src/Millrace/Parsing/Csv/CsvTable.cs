using Millrace.Events;
using Millrace.Parsing.Names;

namespace Millrace.Parsing.Csv;

/// <summary>How the lines of one CSV file are read.</summary>
/// <param name="Header">The header line, which is no event wherever it comes again.</param>
/// <param name="Delimiter">What stands between values.</param>
/// <param name="Columns">The columns, in the order of the header.</param>
sealed record CsvTable(byte[] Header, byte Delimiter, IReadOnlyList<CsvColumn> Columns)
{
    /// <summary>Fixes a format for the file.</summary>
    public FormatBinding Bind(string format, FormatInput input, ColumnMap map)
    {
        var zone = input.TimeZone;
        return new()
        {
            Format = format,
            Fields = [.. Columns.Select(column => new FormatField(column.Name, column.Type))],
            Columns = map,
            CreateParser = () => new CsvParser(this, new LocalZone(zone)),
            Service = ServiceRule.Parse("field:service"),
            Caller = ServiceRule.Parse("field:caller"),
            Raw = new RawTable.Delimited((char)Delimiter, IsQuoted: true, HeaderLines: 1, [.. Columns.Select((column, index) => new RawField(index, column.Name, RawValueOf(column)))]),
        };
    }

    static RawValue RawValueOf(CsvColumn column) => column.Kind switch
    {
        CsvValueKind.Time => RawValue.AnyTime,
        CsvValueKind.Integer => RawValue.Integer,
        CsvValueKind.Real => RawValue.Real,
        CsvValueKind.Duration => column.Unit switch
        {
            DurationUnit.Nanoseconds => RawValue.Nanoseconds,
            DurationUnit.Microseconds => RawValue.Microseconds,
            DurationUnit.Milliseconds => RawValue.Milliseconds,
            _ => RawValue.Seconds,
        },
        _ => RawValue.Text,
    };
}
