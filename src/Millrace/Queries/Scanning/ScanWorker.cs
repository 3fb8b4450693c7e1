using System.Runtime.CompilerServices;
using Millrace.Events;
using Millrace.Parsing;
using Millrace.Parsing.Lines;

namespace Millrace.Queries.Scanning;

/// <summary>
/// Parses the blocks that one thread takes from a scan, a batch of rows at a time. Holds one buffer and, for each file it
/// meets, one parser.
/// </summary>
sealed partial class ScanWorker : IBlockWorker
{
    const string LineTooLong = "the line is longer than 16 MiB";
    const string EventTooLong = "the event is longer than 16 MiB";

    readonly LogScan _scan;
    readonly IReadOnlyList<OutputColumn> _columns;
    readonly ScanKind _kind;
    readonly bool _numbersLines;
    readonly Dictionary<LogScan.OpenFile, FileReader> _readers = [];

    readonly LineMarks _marks = new();

    FileReader? _reader;
    LineBlock _block;
    int _position;
    long _lineInBlock;
    long _linesBefore;

    // What of the block an earlier scan of the session read, and so has counted.
    IReadOnlyList<(long Start, long End)> _counted = [];

    // A line that holds several records, of which some did not fit into the batch.
    (int Start, int Length, int LineCount) _open;

    internal ScanWorker(LogScan scan, IReadOnlyList<OutputColumn> columns, ScanKind kind)
    {
        _scan = scan;
        _columns = columns;
        _kind = kind;
        Buffer = new BlockBuffer(scan.Options.BlockSize);
        _numbersLines = scan.Options.Rejects is not null || columns.Any(column => column.Name == EventColumn.Line.Name());
    }

    BlockBuffer IBlockWorker.Buffer => Buffer;

    internal BlockBuffer Buffer { get; }

    /// <summary>Writes the next rows to a sink. Returns how many; 0 when all is read.</summary>
    public int Fill<TSink>(ref TSink sink, int capacity)
        where TSink : struct, IEventSink
    {
        var rows = 0;
        while (rows < capacity)
        {
            if (_reader is null && !TryTakeBlock())
            {
                break;
            }

            rows = Parse(ref sink, rows, capacity);
            if (_position >= _block.End && _open.Length == 0)
            {
                EndBlock();
            }
        }

        return rows;
    }

    LineParser IBlockWorker.ParserOf(LogScan.OpenFile file) => ReaderOf(file).Parser;

    FileReader ReaderOf(LogScan.OpenFile file)
    {
        if (!_readers.TryGetValue(file, out var reader))
        {
            if (_readers.Count >= 16)
            {
                _readers.Clear();
            }

            reader = new FileReader(file, _columns, _scan.Options.Rules);
            _readers.Add(file, reader);
        }

        return reader;
    }

    bool TryTakeBlock()
    {
        if (!_scan.TryTake(this, out var file, out _block))
        {
            return false;
        }

        _reader = ReaderOf(file);
        _position = _block.Start;
        _marks.StartBlock();
        _lineInBlock = 0;
        _counted = _scan.Options.Totals.AddPart(file.Planned, _block.Offset + _block.Start, _block.Offset + _block.End);
        if (file.Binding.DirectivePrefix is { } prefix)
        {
            file.Directives.Tell(_block.Index, Directives.FindLast(Buffer.Bytes[_block.Start.._block.End], prefix));
            _reader.Parser.Direct(file.Directives.WaitFor(_block.Index, _scan.Options.CancellationToken));
        }

        if (_numbersLines)
        {
            file.Numbers.Tell(_block.Index, LineCount.Of(Buffer.Bytes[_block.Start.._block.End]) + _block.SkippedLines);
            _linesBefore = file.Numbers.WaitFor(_block.Index, _scan.Options.CancellationToken);
        }

        return true;
    }

    void EndBlock()
    {
        if (!_numbersLines)
        {
            _reader!.File.Numbers.Tell(_block.Index, _lineInBlock + _block.SkippedLines);
        }

        _reader = null;
    }

    // The loop over lines: everything a line costs is here or called from here.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    int Parse<TSink>(ref TSink sink, int rows, int capacity)
        where TSink : struct, IEventSink
    {
        var reader = _reader!;
        var parser = reader.Parser;
        var joins = reader.File.Binding.JoinsLines;
        var range = _scan.Options.Range;
        var isBound = range.IsBound;
        var mayBeCounted = _counted.Count > 0;
        var since = range.Since ?? long.MinValue;
        var until = range.Until ?? long.MaxValue;
        var time = reader.TimestampField;
        var marks = parser.UsesQuotes && !joins ? _marks : null;
        var block = (ReadOnlySpan<byte>)Buffer.Bytes[.._block.End];
        var rest = block[_position..];
        var isStart = false;
        long events = 0;
        long outside = 0;
        long undated = 0;
        long undatedAgain = 0;
        if (_open.Length > 0)
        {
            rows = ParseOpenLine(ref sink, rows, capacity, ref events, ref outside, ref undated);
        }

        while (rows < capacity && !rest.IsEmpty)
        {
            var start = _block.End - rest.Length;
            var lineCount = 1;
            var quotes = default(LineQuotes);
            var line = marks is not null ? marks.TakeLine(block, ref rest, out quotes)
                : joins ? EventBoundary.TakeEvent(ref rest, parser, out lineCount, ref isStart)
                : EventBoundary.TakeLine(ref rest);
            _lineInBlock += lineCount;
            if (line.IsEmpty)
            {
                continue;
            }

            var isTooLong = line.Length > FileBlocks.LongestLine || (_block.IsCut && rest.IsEmpty);
            var outcome = isTooLong ? parser.Fields.RejectUnread(joins ? EventTooLong : LineTooLong) : parser.Parse(line, in quotes);
            if (outcome == LineOutcome.Event)
            {
                var isNew = !mayBeCounted || !IsCounted(start);
                events += isNew ? 1 : 0;
                if (isBound && !IsInRange(parser.Fields, time, since, until, ref isNew ? ref undated : ref undatedAgain))
                {
                    outside += isNew ? 1 : 0;
                }
                else if (_kind == ScanKind.Events)
                {
                    sink.StartRow(rows++);
                    reader.Writer.Write(line, parser.Fields, _linesBefore + _lineInBlock - lineCount + 1, ref sink);
                }
            }
            else if (outcome == LineOutcome.Reject)
            {
                rows += TakeReject(reader, line, start, lineCount, rows, ref sink);
            }

            if (parser.HasMore && !isTooLong)
            {
                _open = (start, line.Length, lineCount);
                rows = ParseOpenLine(ref sink, rows, capacity, ref events, ref outside, ref undated);
            }
        }

        _position = _block.End - rest.Length;
        _scan.Options.Totals.AddLines(events, outside, undated);
        return rows;
    }

    /// <summary>The further records of a line: all of them, or as many as the batch has room for.</summary>
    int ParseOpenLine<TSink>(ref TSink sink, int rows, int capacity, ref long events, ref long outside, ref long undated)
        where TSink : struct, IEventSink
    {
        var reader = _reader!;
        var parser = reader.Parser;
        var range = _scan.Options.Range;
        var (since, until) = (range.Since ?? long.MinValue, range.Until ?? long.MaxValue);
        var (start, length, lineCount) = _open;
        var line = (ReadOnlySpan<byte>)Buffer.Bytes.Slice(start, length);
        var isNew = !IsCounted(start);
        long undatedAgain = 0;
        while (rows < capacity && parser.HasMore)
        {
            var outcome = parser.Next(line);
            if (outcome == LineOutcome.Event)
            {
                events += isNew ? 1 : 0;
                if (range.IsBound && !IsInRange(parser.Fields, reader.TimestampField, since, until, ref isNew ? ref undated : ref undatedAgain))
                {
                    outside += isNew ? 1 : 0;
                }
                else if (_kind == ScanKind.Events)
                {
                    sink.StartRow(rows++);
                    reader.Writer.Write(line, parser.Fields, _linesBefore + _lineInBlock - lineCount + 1, ref sink);
                }
            }
            else if (outcome == LineOutcome.Reject)
            {
                rows += TakeReject(reader, line, start, lineCount, rows, ref sink);
            }
        }

        _open = parser.HasMore ? _open : default;
        return rows;
    }

    /// <summary>True where an earlier scan has counted what stands at a place of the buffer.</summary>
    bool IsCounted(int start)
    {
        var offset = _block.Offset + start;
        foreach (var (first, end) in _counted)
        {
            if (offset >= first && offset < end)
            {
                return true;
            }
        }

        return false;
    }

    static bool IsInRange(LineFields fields, int timestamp, long since, long until, ref long undated)
    {
        if (timestamp < 0 || !fields.Values[timestamp].HasValue)
        {
            undated++;
            return false;
        }

        var micros = fields.Values[timestamp].Number;
        return micros >= since && micros <= until;
    }

    /// <summary>What a worker needs to read one file.</summary>
    sealed class FileReader
    {
        public FileReader(LogScan.OpenFile file, IReadOnlyList<OutputColumn> columns, NamingRules rules)
        {
            File = file;
            Writer = new(file.Binding, file.Name, columns, rules);
            Parser = file.Binding.CreateParser();
            Parser.Narrow(Writer.Wanted);
            TimestampField = file.Binding.Columns[EventColumn.Timestamp] is { Kind: ColumnSourceKind.Field } source ? source.Field : -1;
        }

        public LogScan.OpenFile File { get; }

        public LineParser Parser { get; }

        public EventWriter Writer { get; }

        public int TimestampField { get; }
    }
}
