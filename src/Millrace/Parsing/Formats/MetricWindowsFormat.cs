using Millrace.Events;
using Millrace.Parsing.Csv;
using Millrace.Parsing.Names;

namespace Millrace.Parsing.Formats;

/// <summary>Metrics of components as CSV, one window a line: its lowest and highest value. The columns may stand in any order.</summary>
static class MetricWindowsFormat
{
    static readonly (CsvColumn Column, EventColumn? Shown)[] Expected =
    [
        (new("componentName", CsvValueKind.Text), EventColumn.Service),
        (new("fromTimestamp", CsvValueKind.Time), EventColumn.Timestamp),
        (new("to_timestamp", CsvValueKind.Time), null),
        (new("metric_name", CsvValueKind.Text), null),
        (new("unit", CsvValueKind.Text), null),
        (new("min_value", CsvValueKind.Real), null),
        (new("max_value", CsvValueKind.Real), null),
    ];

    /// <summary>The entry in the table of formats.</summary>
    public static LogFormat Format { get; } = new(
        "metric-windows",
        "metrics of components as CSV, the lowest and the highest value of each window",
        "componentName,fromTimestamp,maxValue,metricName,minValue,toTimestamp,unit\norder-service,2020-09-01T12:35:05.001Z,35.915943628140504,cpu,8.404343329737548,2020-09-01T12:35:15.001Z,percent",
        Bind)
    {
        DependsOnHead = true,
    };

    static FormatBinding? Bind(FormatInput input)
    {
        var header = CsvHeader.TryRead(input.Head.Span);
        if (header is null || header.Names.Length != Expected.Length)
        {
            return null;
        }

        var map = new ColumnMap();
        var columns = new List<CsvColumn>();
        foreach (var name in header.Names)
        {
            var (column, shown) = Array.Find(Expected, entry => FieldNames.Plain(entry.Column.Name) == FieldNames.Plain(name));
            if (column is null || columns.Contains(column))
            {
                return null;
            }

            if (shown is { } eventColumn)
            {
                map[eventColumn] = ColumnSource.From(columns.Count);
            }

            columns.Add(column);
        }

        return new CsvTable(header.Line, header.Delimiter, columns).Bind("metric-windows", input, map);
    }
}
