using System.Text;
using Millrace.Parsing;
using Millrace.Queries.Scanning;
using Millrace.Sources;

namespace Millrace.Tests.Queries.Scanning;

/// <summary>However a file is cut into blocks, and whoever reads them: the same events, rejects, line numbers and offsets.</summary>
public sealed class BlockSplitTests
{
    const string Access = """
        203.0.113.7 - - [22/Nov/2026:10:00:00 +0000] "GET /a HTTP/1.1" 200 5 "-" "x"

        not a line of the log
        203.0.113.7 - - [22/Nov/2026:10:00:01 +0000] "GET /b HTTP/1.1" 404 6 "-" "y"
        203.0.113.7 - - [22/Nov/2026:10:00:02 +0000] "GET /c" 500 - "-" "z" tail


        203.0.113.7 - - [31/Apr/2026:10:00:03 +0000] "GET /d HTTP/1.1" 200 5 "-" "x"
        203.0.113.7 - - [22/Nov/2026:10:00:04 +0000] "GET /e HTTP/1.1" 200 5 "-" "w"
        """;

    const string Application = """
        	at an earlier trace
        Caused by: before the file
        2026-11-22 10:00:00,123 [main] ERROR a.B - failed
        java.lang.IllegalStateException: no
        	at a.B.c(B.java:1)

        	at a.B.d(B.java:2)
        2026-11-22 10:00:01,123 [main] INFO  a.B - one line
        2026-11-22 10:00:02,123 [main] WARN  a.B - two
         lines

        2026-11-22 10:00:03,123 [main] INFO  a.B - last
        """;

    public static TheoryData<string, string> Contents => new()
    {
        { "combined", Access },
        { "combined", Access + "\n" },
        { "combined", Access.ReplaceLineEndings("\r\n") + "\r\n" },
        { "combined", "\n\n\n" + Access + "\n\n" },
        { "combined", Access.Split('\n')[0] },
        { "combined", "rejected" },
        { "combined", "\n" },
        { "combined", "\r\n\r\n\n" },
        { "combined", "" },
        { "app", Application },
        { "app", Application + "\n" },
        { "app", Application.ReplaceLineEndings("\r\n") + "\r\n\r\n" },
        { "app", "\n\n" + Application + "\n\tat the.End" },
        { "app", "\tat nothing\n\tbut continuation\n" },
        { "app", "2026-11-22 10:00:00,123 INFO a - only" },
        { "app", "2026-11-22 10:00:00,123 INFO a - only\n\n\n" },
        { "app", "\n" },
        { "app", "" },
    };

    [Theory]
    [MemberData(nameof(Contents))]
    public void Plain_files_are_read_the_same_at_every_block_size(string format, string content) =>
        AssertSameAtEveryBlockSize(format, content, bytes => new MemoryFile("f.log", bytes), threads: 1);

    [Theory]
    [MemberData(nameof(Contents))]
    public void Plain_files_are_read_the_same_by_three_threads(string format, string content) =>
        AssertSameAtEveryBlockSize(format, content, bytes => new MemoryFile("f.log", bytes), threads: 3);

    [Theory]
    [MemberData(nameof(Contents))]
    public void Gzip_files_are_read_the_same_at_every_block_size(string format, string content) =>
        AssertSameAtEveryBlockSize(format, content, bytes => new MemoryFile("f.log", SomeCompression.Gzip(bytes)), threads: 1);

    [Theory]
    [MemberData(nameof(Contents))]
    public void Zstandard_files_are_read_the_same_by_three_threads(string format, string content) =>
        AssertSameAtEveryBlockSize(format, content, bytes => new MemoryFile("f.log", SomeCompression.Zstandard(bytes)), threads: 3);

    [Theory]
    [MemberData(nameof(Contents))]
    public void Pipes_are_read_the_same_at_every_block_size(string format, string content) =>
        AssertSameAtEveryBlockSize(format, content, bytes => new MemoryFile("f.log", bytes) { CanReadAt = false }, threads: 1);

    [Theory]
    [MemberData(nameof(Contents))]
    public void Rejects_as_rows_are_the_same_at_every_block_size(string format, string content)
    {
        var planned = Plan(format, new MemoryFile("f.log", Encoding.UTF8.GetBytes(content)));
        var expected = ScanOutcome.Of([planned], 1 << 20, kind: ScanKind.Rejects).Rows;

        for (var blockSize = 1; blockSize <= content.Length + 1; blockSize += 7)
        {
            Assert.Equal(expected, ScanOutcome.Of([planned], blockSize, threads: 2, ScanKind.Rejects).Rows);
        }
    }

    [Theory]
    [InlineData("combined", Access)]
    [InlineData("app", Application)]
    public void A_byte_order_mark_is_no_part_of_the_first_line(string format, string content)
    {
        var plain = Encoding.UTF8.GetBytes(content);
        byte[] marked = [0xef, 0xbb, 0xbf, .. plain];
        var expected = ScanOutcome.Of([Plan(format, new MemoryFile("f.log", plain))], 1 << 20).Rows;

        foreach (var blockSize in new[] { 3, 4, 5, 100, marked.Length, 1 << 20 })
        {
            Assert.Equal(expected, ScanOutcome.Of([Plan(format, new MemoryFile("f.log", marked))], blockSize).Rows);
            Assert.Equal(expected, ScanOutcome.Of([Plan(format, new MemoryFile("f.log", SomeCompression.Gzip(marked)))], blockSize).Rows);
        }
    }

    [Fact]
    public void Files_of_every_kind_are_read_side_by_side()
    {
        var files = Enumerable.Range(0, 12).Select(i => (Name: $"{i:00}.log", Bytes: Encoding.UTF8.GetBytes(string.Join('\n', Access.Split('\n')[..(1 + (i % 9))])))).ToList();
        var expected = ScanOutcome.Of([.. files.Select(file => Plan("combined", new MemoryFile(file.Name, file.Bytes)))], 1 << 20);

        PlannedFile[] mixed =
        [
            .. files.Select((file, i) => Plan("combined", new MemoryFile(file.Name, (i % 3) switch
            {
                0 => file.Bytes,
                1 => SomeCompression.Gzip(file.Bytes),
                _ => SomeCompression.Zstandard(file.Bytes),
            }))),
        ];

        for (var blockSize = 1; blockSize < 300; blockSize += 13)
        {
            AssertSame(expected, ScanOutcome.Of(mixed, blockSize, threads: 3), blockSize);
        }
    }

    [Fact]
    public void A_read_that_fails_ends_all_workers()
    {
        var file = new MemoryFile("f.log", Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(Access + "\n", 50))))
        {
            BeforeRead = (offset, _) =>
            {
                if (offset == 2499)
                {
                    throw new UserException("Cannot read on in 'f.log': the disk is gone.");
                }
            },
        };
        using var scan = new LogScan([Plan("combined", file)], new ScanOptions { BlockSize = 500 });
        var failures = new System.Collections.Concurrent.ConcurrentBag<Exception>();
        var workers = Enumerable.Range(0, 3).Select(_ => new Thread(() => failures.Add(Record.Exception(() => ScanOutcome.Drain(scan))!))).ToList();

        workers.ForEach(worker => worker.Start());

        Assert.All(workers, worker => Assert.True(worker.Join(TimeSpan.FromSeconds(20)), "A worker waits for ever."));
        Assert.Contains(failures, failure => failure is UserException { Message: "Cannot read on in 'f.log': the disk is gone." });
        Assert.DoesNotContain(failures, failure => failure is not (null or UserException));
    }

    static void AssertSameAtEveryBlockSize(string format, string content, Func<byte[], LogFile> store, int threads)
    {
        var bytes = Encoding.UTF8.GetBytes(content);
        var expected = ScanOutcome.Of([Plan(format, new MemoryFile("f.log", bytes))], 1 << 20);
        var planned = Plan(format, store(bytes));

        for (var blockSize = 1; blockSize <= bytes.Length + 1; blockSize++)
        {
            AssertSame(expected, ScanOutcome.Of([planned], blockSize, threads), blockSize);
        }
    }

    static void AssertSame(ScanOutcome expected, ScanOutcome actual, int blockSize)
    {
        Assert.True(
            expected.Rows.SequenceEqual(actual.Rows) && expected.Rejects.SequenceEqual(actual.Rejects),
            $"block size {blockSize}\nexpected\n{Show(expected)}\nactual\n{Show(actual)}");
        Assert.Equal(expected.Totals.Events, actual.Totals.Events);
        Assert.Equal(expected.Totals.RejectCounts, actual.Totals.RejectCounts);
        Assert.Equal(actual.Totals.BytesExpected, actual.Totals.BytesRead);
    }

    static string Show(ScanOutcome outcome) => string.Join('\n', [.. outcome.Rows, .. outcome.Rejects]);

    static PlannedFile Plan(string format, LogFile file) => new(file, LogFormats.Find(format).Bind(new())!);
}
