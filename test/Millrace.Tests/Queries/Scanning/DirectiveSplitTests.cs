using System.Text;
using Millrace.Parsing;
using Millrace.Queries.Scanning;
using Millrace.Sources;

namespace Millrace.Tests.Queries.Scanning;

/// <summary>A line is read as the directive says that stands last above it, wherever blocks begin and whoever reads them.</summary>
public sealed class DirectiveSplitTests
{
    // The same value stands in another place under each directive, so that a line under the wrong one is a reject or another event.
    const string Log = """
        #Fields: date time sc-status cs-method
        2026-11-22 10:00:00 201 GET
        2026-11-22 10:00:01 202 GET
        #Version: 1.0
        #Fields: date time cs-method sc-status
        2026-11-22 10:00:02 GET 203

        x #Fields: date time
        2026-11-22 10:00:03 GET 204
        #Fields: sc-status date time cs-method time-taken
        #Fields: sc-status date time time-taken
        205 2026-11-22 10:00:04 15
        205 2026-11-22 10:00:05 15
        #Fields:
        206 2026-11-22 10:00:06 15
        #Fields: date sc-status time
        2026-11-22 207 10:00:07
        """;

    public static TheoryData<string> Contents => [Log, Log + "\n", Log.ReplaceLineEndings("\r\n") + "\r\n", "\n\n" + Log, Log.Split('\n')[0], Log + "\n#Fields: date time"];

    [Fact]
    public void Every_line_has_the_status_of_its_directive()
    {
        var outcome = ScanOutcome.Of([Plan(Log, bytes => new MemoryFile("f.log", bytes))], 1 << 20);

        Assert.Equal(["201", "202", "203", "204", "205", "205", "207"], outcome.Rows.Select(row => row.Split('|')[3]));
        Assert.Equal(2, outcome.Rejects.Count);
    }

    [Theory]
    [MemberData(nameof(Contents))]
    public void Plain_files_are_read_the_same_at_every_block_size(string content) => AssertSameAtEveryBlockSize(content, bytes => new MemoryFile("f.log", bytes), threads: 1);

    [Theory]
    [MemberData(nameof(Contents))]
    public void Plain_files_are_read_the_same_by_three_threads(string content) => AssertSameAtEveryBlockSize(content, bytes => new MemoryFile("f.log", bytes), threads: 3);

    [Theory]
    [MemberData(nameof(Contents))]
    public void Gzip_files_are_read_the_same_by_three_threads(string content) => AssertSameAtEveryBlockSize(content, bytes => new MemoryFile("f.log", SomeCompression.Gzip(bytes)), threads: 3);

    [Theory]
    [MemberData(nameof(Contents))]
    public void Pipes_are_read_the_same_at_every_block_size(string content) =>
        AssertSameAtEveryBlockSize(content, bytes => new MemoryFile("f.log", bytes) { CanReadAt = false }, threads: 1);

    [Fact]
    public void Directives_of_one_file_are_not_those_of_another()
    {
        var first = Plan(Log, bytes => new MemoryFile("a.log", bytes));
        var second = Plan("#Fields: cs-method sc-status date time\nGET 301 2026-11-22 10:00:00\nGET 302 2026-11-22 10:00:01\n", bytes => new MemoryFile("b.log", bytes));
        var expected = ScanOutcome.Of([first, second], 1 << 20).Rows;

        for (var blockSize = 1; blockSize < 200; blockSize++)
        {
            Assert.Equal(expected, ScanOutcome.Of([first, second], blockSize, threads: 3).Rows);
        }
    }

    [Fact]
    public void A_read_that_fails_ends_all_who_wait_for_a_directive()
    {
        var planned = Plan(string.Concat(Enumerable.Repeat(Log + "\n", 50)), bytes => new MemoryFile("f.log", bytes)
        {
            BeforeRead = (offset, _) =>
            {
                if (offset == 2499)
                {
                    throw new UserException("Cannot read on in 'f.log': the disk is gone.");
                }
            },
        });
        using var scan = new LogScan([planned], new ScanOptions { BlockSize = 500 });
        var failures = new System.Collections.Concurrent.ConcurrentBag<Exception?>();
        var workers = Enumerable.Range(0, 3).Select(_ => new Thread(() => failures.Add(Record.Exception(() => ScanOutcome.Drain(scan))))).ToList();

        workers.ForEach(worker => worker.Start());

        Assert.All(workers, worker => Assert.True(worker.Join(TimeSpan.FromSeconds(20)), "A worker waits for ever."));
        Assert.Contains(failures, failure => failure is UserException);
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("#F: a", "#F: a")]
    [InlineData("#F: a\r\n", "#F: a")]
    [InlineData("#F: a\n#F: b\nc\n", "#F: b")]
    [InlineData("#F: a\nx #F: b\n #F: c\n", "#F: a")]
    [InlineData("x#F: a\n", null)]
    [InlineData("#F:#F:#F: a\n", "#F:#F:#F: a")]
    public void The_last_line_that_begins_with_the_prefix_is_found(string lines, string? expected) =>
        Assert.Equal(expected, Directives.FindLast(Encoding.UTF8.GetBytes(lines), "#F:"u8) is { } found ? Encoding.UTF8.GetString(found) : null);

    static void AssertSameAtEveryBlockSize(string content, Func<byte[], LogFile> store, int threads)
    {
        var expected = ScanOutcome.Of([Plan(content, bytes => new MemoryFile("f.log", bytes))], 1 << 20);
        var planned = Plan(content, store);

        for (var blockSize = 1; blockSize <= content.Length + 1; blockSize++)
        {
            var actual = ScanOutcome.Of([planned], blockSize, threads);
            Assert.True(
                expected.Rows.SequenceEqual(actual.Rows) && expected.Rejects.SequenceEqual(actual.Rejects),
                $"block size {blockSize}\nexpected\n{string.Join('\n', [.. expected.Rows, .. expected.Rejects])}\nactual\n{string.Join('\n', [.. actual.Rows, .. actual.Rejects])}");
        }
    }

    static PlannedFile Plan(string content, Func<byte[], LogFile> store)
    {
        var bytes = Encoding.UTF8.GetBytes(content);
        return new(store(bytes), LogFormats.Find("w3c").Bind(new() { Head = bytes })!);
    }
}
