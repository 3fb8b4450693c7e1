using Millrace.Events;

namespace Millrace.Parsing.Csv;

/// <summary>Reads the lines of a CSV file whose columns are known.</summary>
sealed class CsvParser(CsvTable table, LocalZone zone) : LineParser(table.Columns.Count)
{
    readonly CsvColumn[] _columns = [.. table.Columns];
    readonly byte[] _header = table.Header;
    readonly byte _delimiter = table.Delimiter;

    public override LineOutcome Parse(ReadOnlySpan<byte> line)
    {
        var at = 0;
        for (var i = 0; i < _columns.Length; i++)
        {
            if (at > line.Length)
            {
                return Fields.Reject("the line has fewer columns than the header", line.Length);
            }

            var start = at;
            if (!CsvLine.TryTake(line, _delimiter, ref at, out var value))
            {
                return Fields.Reject("a quoted value is not closed, or goes on behind its closing quote", start);
            }

            if (!TryRead(line, ref value, _columns[i]))
            {
                return IsHeader(line) ? LineOutcome.Skip : Fields.Reject(ReasonFor(_columns[i].Kind), start);
            }

            Fields.Values[i] = value;
        }

        if (at <= line.Length)
        {
            return Fields.Reject("the line has more columns than the header", at);
        }

        return IsHeader(line) ? LineOutcome.Skip : LineOutcome.Event;
    }

    bool TryRead(ReadOnlySpan<byte> line, ref FieldValue value, CsvColumn column)
    {
        var text = line.Slice(value.Start, value.Length);
        if (column.Kind == CsvValueKind.Text)
        {
            value.HasValue = !CsvValue.IsNone(text);
            return true;
        }

        text = text.Trim((byte)' ');
        if (CsvValue.IsNone(text))
        {
            value = default;
            return true;
        }

        if (!CsvValue.TryRead(text, column, zone, out value.Number))
        {
            return false;
        }

        value.HasValue = column.Kind != CsvValueKind.Duration || value.Number >= 0;
        return true;
    }

    bool IsHeader(ReadOnlySpan<byte> line) => line.EndsWith(_header) && (line.Length == _header.Length || line.SequenceEqual([.. "\uFEFF"u8, .. _header]));

    static string ReasonFor(CsvValueKind kind) => kind == CsvValueKind.Time ? "the time is not well-formed" : "a number is not well-formed";
}
