using System.Globalization;
using System.Text;
using System.Text.Json;
using Millrace.Events;
using Millrace.Parsing;
using Millrace.Queries;
using Millrace.Queries.Scanning;
using Millrace.Tests.Queries;

namespace Millrace.Tests.Parsing.Conformance;

/// <summary>The lines of a case as Millrace reads them: each event's columns that are not NULL, and the reasons of the rejects.</summary>
/// <param name="Events">The events, in the order of the lines.</param>
/// <param name="Rejects">Why lines were rejected.</param>
sealed record ConformanceReading(IReadOnlyList<IReadOnlyDictionary<string, string>> Events, IReadOnlyList<string> Rejects)
{
    static readonly DateTimeOffset AsOf = new(2026, 11, 22, 10, 0, 0, TimeSpan.Zero);

    /// <summary>Reads the lines of a case as a format of ours, or as what <c>auto</c> finds.</summary>
    public static ConformanceReading Of(ConformanceCase one, string format)
    {
        var bytes = Encoding.UTF8.GetBytes(one.Line);
        var binding = Bind(bytes, format, LayoutOf(one));
        if (binding is null)
        {
            return new([], ["the format cannot be told or does not take the file"]);
        }

        PlannedFile[] files = [new(new MemoryFile("case.log", bytes), binding)];
        var columns = LogTable.ColumnsOf(files);
        var options = new ScanOptions();
        using var scan = new LogScan(files, options);
        var worker = scan.CreateWorker(columns);
        var events = new List<IReadOnlyDictionary<string, string>>();
        while (true)
        {
            var sink = new Sink(columns);
            if (worker.Fill(ref sink, 1) == 0)
            {
                return new(events, [.. options.Totals.RejectCounts.Select(count => $"{count.Count} × {count.Reason}")]);
            }

            events.Add(sink.Row);
        }
    }

    static FormatBinding? Bind(byte[] head, string format, string? layout)
    {
        var input = new FormatInput { Head = head, Layout = layout, AsOf = AsOf };
        return format == LogFormats.Auto
            ? FormatDetector.Best(input, isWhole: true) is { Share: >= FormatDetector.LeastShare } best ? best.Binding : null
            : LogFormats.Find(format).Bind(input);
    }

    /// <summary>The field order that the peer was told, for formats that take one.</summary>
    static string? LayoutOf(ConformanceCase one) =>
        one.Fields is not null ? one.Fields
        : one.Format == "aws_vpc_flow" && one.Arguments.ValueKind == JsonValueKind.Object && one.Arguments.TryGetProperty("format", out var layout) ? layout.GetString() : null;

    readonly struct Sink(IReadOnlyList<OutputColumn> columns) : IEventSink
    {
        public Dictionary<string, string> Row { get; } = [];

        public void StartRow(int row)
        {
        }

        public void Null(int column)
        {
        }

        public void Number(int column, long value) => Row[columns[column].Name] = columns[column].Type == ColumnType.Timestamp
            ? DateTime.UnixEpoch.AddMicroseconds(value).ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFZ", CultureInfo.InvariantCulture)
            : value.ToString(CultureInfo.InvariantCulture);

        public void Real(int column, double value) => Row[columns[column].Name] = value.ToString("R", CultureInfo.InvariantCulture);

        public void Boolean(int column, bool value) => Row[columns[column].Name] = value ? "true" : "false";

        public void Text(int column, ReadOnlySpan<byte> utf8) => Row[columns[column].Name] = Encoding.UTF8.GetString(utf8);
    }
}
