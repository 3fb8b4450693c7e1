using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Millrace.Events;
using Millrace.Parsing;
using Millrace.Queries.Scanning;

namespace Millrace.Tests.Queries.Scanning;

/// <summary>All that a scan gave, in the order of files and lines: a text a row, and a text a reject.</summary>
sealed record ScanOutcome(IReadOnlyList<string> Rows, IReadOnlyList<string> Rejects, ScanTotals Totals)
{
    const int RowsAtOnce = 3;

    static readonly OutputColumn[] Numbered =
    [
        OutputColumn.Of(EventColumn.File), OutputColumn.Of(EventColumn.Line), OutputColumn.Of(EventColumn.Timestamp), OutputColumn.Of(EventColumn.Status),
        OutputColumn.Of(EventColumn.Message), OutputColumn.Of(EventColumn.Raw),
    ];

    /// <summary>Scans files to their end.</summary>
    /// <param name="files">The files.</param>
    /// <param name="blockSize">The size of a block.</param>
    /// <param name="threads">How many workers.</param>
    /// <param name="kind">Events, or rejects as rows.</param>
    public static ScanOutcome Of(IReadOnlyList<PlannedFile> files, int blockSize, int threads = 1, ScanKind kind = ScanKind.Events)
    {
        var rejects = new RejectList();
        var options = new ScanOptions { BlockSize = blockSize, Rejects = rejects };
        using var scan = new LogScan(files, options);
        var columns = kind == ScanKind.Events ? Numbered : ScanWorker.RejectColumns;
        var rows = new ConcurrentBag<string[]>();
        if (threads == 1)
        {
            Work(scan.CreateWorker(columns, kind), columns.Count, rows);
        }
        else
        {
            var workers = Enumerable.Range(0, threads).Select(_ => new Thread(() => Work(scan.CreateWorker(columns, kind), columns.Count, rows))).ToList();
            workers.ForEach(worker => worker.Start());
            workers.ForEach(worker => worker.Join());
        }

        return new(
            [.. rows.OrderBy(row => row[0], StringComparer.Ordinal).ThenBy(row => int.Parse(row[1], CultureInfo.InvariantCulture)).Select(row => string.Join('|', row))],
            [.. rejects.Rejects.OrderBy(reject => reject.Reject.File, StringComparer.Ordinal).ThenBy(reject => reject.Reject.Offset).Select(reject => $"{reject.Reject} {reject.Line}")],
            options.Totals);
    }

    /// <summary>Reads all that one worker gets, and keeps nothing.</summary>
    public static void Drain(LogScan scan)
    {
        var worker = scan.CreateWorker([OutputColumn.Of(EventColumn.Line)]);
        var sink = default(NoSink);
        while (worker.Fill(ref sink, 100) > 0)
        {
        }
    }

    static void Work(ScanWorker worker, int columns, ConcurrentBag<string[]> rows)
    {
        while (true)
        {
            var sink = new Sink(Enumerable.Range(0, RowsAtOnce).Select(_ => new string[columns]).ToArray());
            var count = worker.Fill(ref sink, RowsAtOnce);
            if (count == 0)
            {
                return;
            }

            foreach (var row in sink.Rows[..count])
            {
                rows.Add(row);
            }
        }
    }

    sealed class RejectList : IRejectWriter
    {
        public ConcurrentBag<(Reject Reject, string Line)> Rejects { get; } = [];

        // Long lines are told by their length, so that a failure can be read.
        public void Write(Reject reject, ReadOnlySpan<byte> line) =>
            Rejects.Add((reject, line.Length < 1000 ? Encoding.Latin1.GetString(line) : $"{line.Length} bytes"));
    }

    struct Sink(string[][] rows) : IEventSink
    {
        int _row;

        public readonly string[][] Rows => rows;

        public void StartRow(int row) => _row = row;

        public readonly void Null(int column) => rows[_row][column] = "NULL";

        public readonly void Number(int column, long value) => rows[_row][column] = value.ToString(CultureInfo.InvariantCulture);

        public readonly void Real(int column, double value) => rows[_row][column] = value.ToString("R", CultureInfo.InvariantCulture);

        public readonly void Boolean(int column, bool value) => rows[_row][column] = value ? "true" : "false";

        public readonly void Text(int column, ReadOnlySpan<byte> utf8) => rows[_row][column] = Encoding.UTF8.GetString(utf8);
    }

    readonly struct NoSink : IEventSink
    {
        public void StartRow(int row)
        {
        }

        public void Null(int column)
        {
        }

        public void Number(int column, long value)
        {
        }

        public void Real(int column, double value)
        {
        }

        public void Boolean(int column, bool value)
        {
        }

        public void Text(int column, ReadOnlySpan<byte> utf8)
        {
        }
    }
}
