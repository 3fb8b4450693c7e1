using System.Text;
using Millrace.Parsing.Formats;
using Millrace.Queries;
using Millrace.Queries.Scanning;

namespace Millrace.Tests.Queries.Scanning;

/// <summary>What a session says of the lines that its scans met.</summary>
public sealed class ScanTotalsTests
{
    const string Late = "since := '2026-11-22T10:00:10Z', until := '2026-11-22T10:00:19Z'";

    [Theory]
    [InlineData("", 50)]
    [InlineData(", " + Late, 10)]
    [InlineData(", since := '2026-11-23'", 0)]
    [InlineData(", until := '2026-11-22T10:00:00Z'", 1)]
    public void Events_in_the_range_are_counted(string range, int expected)
    {
        using var session = Session(Some.Combined(50));

        session.Rows($"SELECT count(*) FROM logs('s3://logs/a.log'{range})");

        Assert.Equal((50, expected), (session.Totals.Events, session.Totals.InRange));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Events_in_the_range_are_counted_by_several_threads(int threads)
    {
        using var session = new QuerySession(Some.Options(Some.Store(("a.log", Some.Combined(30_000)), ("b.log", Some.Combined(20_000)))) with { Threads = threads });

        session.Rows("SELECT count(*) FROM logs('s3://logs/', until := '2026-11-22T12:46:39Z')");

        Assert.Equal((50_000, 20_000), (session.Totals.Events, session.Totals.InRange));
    }

    [Fact]
    public void What_is_read_again_is_counted_once()
    {
        using var session = Session(Some.Combined(50));

        session.Rows($"SELECT (SELECT count(*) FROM logs('s3://logs/a.log', {Late})), (SELECT max(status) FROM logs('s3://logs/a.log', {Late}))");
        session.Rows($"SELECT count(*) FROM rejects('s3://logs/a.log', {Late})");

        Assert.Equal((50, 10), (session.Totals.Events, session.Totals.InRange));
    }

    [Fact]
    public void What_only_gives_rejects_counts_events_in_the_range_too()
    {
        using var session = Session(Some.Combined(50));

        session.Rows($"SELECT count(*) FROM rejects('s3://logs/a.log', {Late})");

        Assert.Equal((50, 10), (session.Totals.Events, session.Totals.InRange));
    }

    [Fact]
    public void Events_without_a_time_are_in_no_range()
    {
        using var session = Session("{\"time\":\"2026-11-22T10:00:10Z\",\"message\":\"a\"}\n{\"message\":\"b\"}\n");

        session.Rows($"SELECT count(*) FROM logs('s3://logs/a.log', {Late})");

        Assert.Equal((2, 1, 1), (session.Totals.Events, session.Totals.InRange, session.Totals.Undated));
    }

    [Fact]
    public void Rejects_are_grouped_by_reason_over_files_with_the_first_of_them()
    {
        var bad = "2.2.2.2 - - [22/Nov/2026:10:00:00 +0000] \"GET / HTTP/1.1\" 2x0 1 \"-\" \"agent\"";
        var cut = "3.3.3.3 - - [22/Nov/2026:10:00:00 +0000] \"GET / HTTP/1.1";
        using var session = new QuerySession(Some.Options(Some.Store(
            ("b.log", Some.Combined(5) + bad + "\n" + cut + "\n"),
            ("a.log", Some.Combined(9) + bad.Replace("agent", "first") + "\n" + bad + "\n"),
            ("c.log", Some.Combined(5)))));

        session.Rows("SELECT count(*), max(line) FROM logs('s3://logs/')");

        var reasons = session.Totals.RejectReasons;
        Assert.Equal([3L, 1], reasons.Select(reason => reason.Count));
        Assert.Equal([2, 1], reasons.Select(reason => reason.Files));
        Assert.Equal([("s3://logs/a.log", 10L), ("s3://logs/b.log", 7L)], reasons.Select(reason => (reason.First.File, reason.First.Line!.Value)));
        Assert.Equal([bad.Replace("agent", "first"), cut], reasons.Select(reason => Encoding.UTF8.GetString(reason.Sample.Span)));
        Assert.All(reasons, reason => Assert.Equal("combined", reason.Format));
        Assert.Equal(Some.Combined(9).Length, reasons[0].First.Offset);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    public void The_sample_is_of_the_first_line_whichever_thread_met_one_first(int threads)
    {
        var lines = string.Concat(Enumerable.Range(0, 3000).Select(i => $"no log at all {i:0000}\n"));
        var file = new PlannedFile(new MemoryFile("f.log", Encoding.UTF8.GetBytes(lines)), CombinedFormat.Format.Bind(new())!);

        var outcome = ScanOutcome.Of([file], blockSize: 64, threads);

        var reason = Assert.Single(outcome.Totals.RejectReasons);
        Assert.Equal(3000, reason.Count);
        Assert.Equal((0L, 1L, "no log at all 0000"), (reason.First.Offset, reason.First.Line!.Value, Encoding.UTF8.GetString(reason.Sample.Span)));
    }

    [Fact]
    public void A_long_sample_is_cut()
    {
        using var session = Session(Some.Combined(3) + new string('x', 10_000) + "\n");

        session.Rows("SELECT count(*) FROM logs('s3://logs/a.log', format := 'combined')");

        Assert.Equal(new string('x', 4096), Encoding.UTF8.GetString(Assert.Single(session.Totals.RejectReasons).Sample.Span));
    }

    static QuerySession Session(string text) => new(Some.Options(Some.Store(("a.log", text))));
}
