using System.Text;
using Millrace.Events;
using Millrace.Parsing;

namespace Millrace.Queries.Scanning;

/// <summary>What becomes of lines that did not parse.</summary>
sealed partial class ScanWorker
{
    readonly TextDecoder _decoder = new();

    /// <summary>The columns of a scan that gives rejects.</summary>
    public static IReadOnlyList<OutputColumn> RejectColumns { get; } =
    [
        new("file", ColumnType.Text, EventColumn.File),
        new("line", ColumnType.Integer, EventColumn.Line),
        new("byte_offset", ColumnType.Integer, null),
        new("reason", ColumnType.Text, null),
        new("position", ColumnType.Integer, null),
        new("raw", ColumnType.Text, EventColumn.Raw),
    ];

    /// <summary>Counts a reject and hands it on, once in a session, and writes it where rejects are what is asked for. Returns the rows written.</summary>
    int TakeReject<TSink>(FileReader reader, ReadOnlySpan<byte> line, int start, int lineCount, int row, ref TSink sink)
        where TSink : struct, IEventSink
    {
        var file = reader.File;
        var block = _block.Index;
        var lineInBlock = _lineInBlock - lineCount + 1;
        var reject = new Reject(
            file.Name,
            _numbersLines ? _linesBefore + lineInBlock : null,
            _block.Offset + start,
            reader.Parser.Fields.RejectReason!,
            reader.Parser.Fields.RejectPosition);
        if (!IsCounted(start))
        {
            var record = reader.Parser.Fields.RecordOf(line);
            _scan.Options.Totals.AddReject(reject, file.Binding.Format, record, () => file.Numbers.Before(block) + lineInBlock);
            _scan.Options.Rejects?.Write(reject, record);
        }

        if (_kind != ScanKind.Rejects)
        {
            return 0;
        }

        sink.StartRow(row);
        for (var column = 0; column < _columns.Count; column++)
        {
            WriteRejectColumn(reject, reader.Parser.Fields.RecordOf(line), column, ref sink);
        }

        return 1;
    }

    void WriteRejectColumn<TSink>(Reject reject, ReadOnlySpan<byte> line, int column, ref TSink sink)
        where TSink : struct, IEventSink
    {
        switch (_columns[column].Name)
        {
            case "file":
                sink.Text(column, Encoding.UTF8.GetBytes(reject.File));
                break;
            case "line":
                sink.Number(column, reject.Line!.Value);
                break;
            case "byte_offset":
                sink.Number(column, reject.Offset);
                break;
            case "reason":
                sink.Text(column, Encoding.UTF8.GetBytes(reject.Reason));
                break;
            case "position":
                sink.Number(column, reject.Position);
                break;
            case "raw":
                sink.Text(column, _decoder.Repair(line));
                break;
            default:
                sink.Null(column);
                break;
        }
    }
}
