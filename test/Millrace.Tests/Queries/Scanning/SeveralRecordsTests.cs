using System.Text;
using Millrace.Events;
using Millrace.Parsing;
using Millrace.Queries.Scanning;

namespace Millrace.Tests.Queries.Scanning;

/// <summary>Lines that hold several records: each is an event, a reject or nothing, wherever blocks and batches end.</summary>
public sealed class SeveralRecordsTests
{
    const string Content = "a;b;c;d;e;f;g\nh\n\nbad;i;skip;bad;j\nskip;skip\nk;l;m;n;bad\nskip;o\n";

    static readonly string[] Events =
    [
        "1 a", "1 b", "1 c", "1 d", "1 e", "1 f", "1 g", "2 h", "4 i", "4 j", "6 k", "6 l", "6 m", "6 n", "7 o",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Each_record_is_an_event_of_its_line(int threads)
    {
        for (var blockSize = 1; blockSize <= Content.Length + 1; blockSize++)
        {
            var outcome = Scan(blockSize, threads);

            Assert.Equal(Events, outcome.Rows.Select(row => row.Split('|')).Select(row => $"{row[1]} {row[4]}").Order(StringComparer.Ordinal));
            Assert.All(outcome.Rows.Select(row => row.Split('|')), row => Assert.Equal(row[4], row[5]));
            Assert.Equal(Events.Length, outcome.Totals.Events);
        }
    }

    [Fact]
    public void A_record_that_cannot_be_read_is_a_reject_with_its_line_and_its_position()
    {
        for (var blockSize = 1; blockSize <= Content.Length + 1; blockSize++)
        {
            var outcome = Scan(blockSize, threads: 1);

            Assert.Equal(3, outcome.Totals.Rejects);
            var rows = ScanOutcome.Of([Planned(Content)], blockSize, kind: ScanKind.Rejects).Rows;
            Assert.Equal(
                ["f.log|4|17|the record is bad|0|bad", "f.log|4|17|the record is bad|11|bad", "f.log|6|44|the record is bad|8|bad"],
                rows.Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void A_range_leaves_out_records_rather_than_lines()
    {
        using var scan = new LogScan([Planned("2020;2021;2022;2023\n2019;2022\n")], new ScanOptions
        {
            Range = new ScanRange(2021, 2022),
        });

        var rows = new List<string>();
        var worker = scan.CreateWorker([OutputColumn.Of(EventColumn.Message)]);
        var sink = new Sink(rows);
        while (worker.Fill(ref sink, 2) > 0)
        {
        }

        Assert.Equal(["2021", "2022", "2022"], rows);
        Assert.Equal((6, 3), (scan.Options.Totals.Events, scan.Options.Totals.InRange));
    }

    static ScanOutcome Scan(int blockSize, int threads) => ScanOutcome.Of([Planned(Content)], blockSize, threads);

    static PlannedFile Planned(string content) => new(new MemoryFile("f.log", Encoding.UTF8.GetBytes(content)), new FormatBinding
    {
        Format = "several",
        Fields = [new("message", ColumnType.Text), new("time", ColumnType.Timestamp)],
        Columns = new ColumnMap { [EventColumn.Message] = ColumnSource.From(0), [EventColumn.Timestamp] = ColumnSource.From(1) },
        CreateParser = () => new Parser(),
    });

    /// <summary>Records between semicolons; one of four digits is its own time.</summary>
    sealed class Parser() : LineParser(2)
    {
        int _position;

        public override LineOutcome Parse(ReadOnlySpan<byte> line)
        {
            _position = 0;
            return Next(line);
        }

        public override LineOutcome Next(ReadOnlySpan<byte> line)
        {
            var start = _position;
            var length = line[start..].IndexOf((byte)';');
            HasMore = length >= 0;
            length = length < 0 ? line.Length - start : length;
            _position = start + length + 1;
            Fields.Record = (start, length);
            var record = line.Slice(start, length);
            Fields.Values[0] = FieldValue.Text(start, length);
            Fields.Values[1] = int.TryParse(record, out var time) ? FieldValue.Of(time, start, length) : default;
            return record.SequenceEqual("skip"u8) ? LineOutcome.Skip
                : record.SequenceEqual("bad"u8) ? Fields.Reject("the record is bad", start)
                : LineOutcome.Event;
        }
    }

    readonly struct Sink(List<string> rows) : IEventSink
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

        public void Text(int column, ReadOnlySpan<byte> utf8) => rows.Add(Encoding.UTF8.GetString(utf8));
    }
}
