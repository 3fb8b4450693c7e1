using Millrace.Events;
using Millrace.Parsing.Names;

namespace Millrace.Parsing.Csv;

/// <summary>How the values of a CSV column are read.</summary>
enum CsvValueKind : byte
{
    Text,
    Time,
    Integer,
    Real,

    /// <summary>A duration, read as microseconds.</summary>
    Duration,
}

/// <summary>One column of a CSV file.</summary>
/// <param name="Name">Its name in the header.</param>
/// <param name="Kind">How its values are read.</param>
/// <param name="Unit">The unit of a duration.</param>
sealed record CsvColumn(string Name, CsvValueKind Kind, DurationUnit Unit = DurationUnit.Milliseconds)
{
    /// <summary>The type of the column in SQL.</summary>
    public ColumnType Type => Kind switch
    {
        CsvValueKind.Time => ColumnType.Timestamp,
        CsvValueKind.Integer or CsvValueKind.Duration => ColumnType.Integer,
        CsvValueKind.Real => ColumnType.Real,
        _ => ColumnType.Text,
    };
}
