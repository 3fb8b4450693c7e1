using System.Text;
using Millrace.Parsing;
using Millrace.Queries.Scanning;
using Millrace.Sources;

namespace Millrace.Tests.Queries.Scanning;

public sealed class LongLineTests
{
    const int MiB = 1 << 20;
    const int Longest = 16 * MiB;

    public static TheoryData<int, bool> Lengths => new()
    {
        { Longest + 1, false }, { Longest + 1, true }, { Longest + 5000, false }, { Longest + (3 * MiB) + 17, false }, { Longest + (3 * MiB) + 17, true },
    };

    [Theory]
    [MemberData(nameof(Lengths))]
    public void A_line_that_is_too_long_is_one_reject_and_what_follows_is_read(int length, bool isCompressed)
    {
        byte[] content = [.. "first\nsecond\n"u8, .. Filled(length), .. "\nfourth\nfifth"u8];

        var outcome = Scan("text", content, isCompressed);

        Assert.Equal(["1|first", "2|second", "4|fourth", "5|fifth"], outcome.Rows.Select(LineAndMessage));
        var reject = Assert.Single(outcome.Rejects);
        Assert.StartsWith("Reject { File = f.log, Line = 3, Offset = 13, Reason = the line is longer than 16 MiB, Position = 0 }", reject, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_longest_line_is_read(bool isCompressed)
    {
        byte[] content = [.. "first\n"u8, .. Filled(Longest), .. "\nthird\n"u8];

        var outcome = Scan("text", content, isCompressed);

        Assert.Equal([1, 2, 3], outcome.Rows.Select(row => int.Parse(row.Split('|')[1], System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Empty(outcome.Rejects);
    }

    [Fact]
    public void A_file_that_is_one_line_too_long_is_one_reject()
    {
        var outcome = Scan("text", Filled(Longest + (2 * MiB)), isCompressed: false);

        Assert.Empty(outcome.Rows);
        Assert.Single(outcome.Rejects);
    }

    [Fact]
    public void Line_numbers_are_the_same_when_they_are_asked_for_after_the_scan()
    {
        byte[] content = [.. "first\n"u8, .. Filled(Longest + MiB), .. "\nthird\n\xff\n"u8];
        var totals = new ScanTotals();
        using var scan = new LogScan([Plan("metric-events", new MemoryFile("f.log", content))], new ScanOptions { Totals = totals });
        var worker = scan.CreateWorker([OutputColumn.Of(Millrace.Events.EventColumn.Timestamp)]);

        var sink = default(NoRows);
        Assert.Equal(0, worker.Fill(ref sink, 10));

        Assert.Equal(4, totals.Rejects);
        Assert.Equal([1L, 2L], totals.RejectCounts.Select(count => count.First.Line!.Value).Order());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_event_that_is_too_long_is_a_reject_and_the_next_ones_keep_their_line_numbers(bool isCompressed)
    {
        const int Lines = (Longest / 100) + 40_000;
        var trace = Encoding.ASCII.GetBytes("\tat " + new string('x', 95) + "\n");
        var content = new MemoryStream();
        content.Write("2026-11-22 10:00:00,123 ERROR a.B - first\n2026-11-22 10:00:01,123 ERROR a.B - long\n"u8);
        for (var i = 0; i < Lines; i++)
        {
            content.Write(trace);
        }

        content.Write("2026-11-22 10:00:02,123 ERROR a.B - last\n\tat the.End\n"u8);

        var outcome = Scan("app", content.ToArray(), isCompressed);

        Assert.Equal(["1|first", $"{Lines + 3}|last\n\tat the.End"], outcome.Rows.Select(LineAndMessage));
        Assert.Contains("Line = 2, Offset = 42, Reason = the event is longer than 16 MiB", outcome.Rejects[0], StringComparison.Ordinal);
    }

    static byte[] Filled(int length)
    {
        var bytes = new byte[length];
        bytes.AsSpan().Fill((byte)'x');
        return bytes;
    }

    static string LineAndMessage(string row) => $"{row.Split('|')[1]}|{row.Split('|')[4]}";

    static ScanOutcome Scan(string format, byte[] content, bool isCompressed) =>
        ScanOutcome.Of([Plan(format, new MemoryFile("f.log", isCompressed ? SomeCompression.Gzip(content) : content))], FileBlocks.BlockSize, threads: 2);

    static PlannedFile Plan(string format, LogFile file) => new(file, LogFormats.Find(format).Bind(new())!);

    readonly struct NoRows : IEventSink
    {
        public void StartRow(int row) => Assert.Fail("There is no event.");

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
