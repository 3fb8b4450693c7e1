using System.Globalization;
using System.Text;
using Millrace.Errors;
using Millrace.Queries;
using Millrace.Reports;
using Millrace.Sources;
using Millrace.Tests.Queries;
using Millrace.Tests.Sources;

namespace Millrace.Tests.Errors;

/// <summary>Errors in logs that are cut off, damaged, enormous or out of order.</summary>
public sealed class BadInputTests
{
    const int Megabyte = 1 << 20;

    const string Trace = """
        java.lang.IllegalStateException: no carrier
            at shop.Ship.send(Ship.java:41)
            at shop.Ship.retry(Ship.java:17)
        Caused by: java.net.SocketTimeoutException: Read timed out
            at java.net.Socket.read(Socket.java:103)
            at shop.Http.get(Http.java:7)

        """;

    [Fact]
    public void A_trace_that_the_end_of_the_file_cuts_off_gives_what_it_has()
    {
        var whole = Line("cannot ship 7") + Trace;

        var message = whole.IndexOf("cannot", StringComparison.Ordinal);
        Assert.All(Enumerable.Range(message, whole.Length - message + 1), length => Assert.Equal(1, Read(whole[..length]).Errors));
        Assert.Equal("java.lang.IllegalStateException", Assert.Single(Read(whole[..whole.IndexOf("Caused", StringComparison.Ordinal)]).Groups).Type);
        Assert.Equal(("java.net.SocketTimeoutException", "java.net.Socket.read"), Assert.Single(Read(whole).Groups) is var group ? (group.Type, group.Frames[0]) : default);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("a.")]
    [InlineData("at <")]
    [InlineData("(:")]
    [InlineData("Error ")]
    [InlineData("\u6f22")]
    public void A_line_of_five_megabytes_is_an_error_like_others(string what)
    {
        var line = string.Concat(Enumerable.Repeat(what, 5 * Megabyte / Encoding.UTF8.GetByteCount(what)));

        var digest = Read(Line("before") + Line(line) + $"    {line}\n" + Line("after"));

        Assert.Equal(3, digest.Errors);
        Assert.All(digest.Groups, group => Assert.InRange(group.Sample!.Text.Length, 1, 4000));
        Assert.All(digest.Groups, group => Assert.InRange(group.Template.Length + group.Frames.Sum(frame => frame.Length), 1, 10_000));
    }

    [Fact]
    public void Bytes_that_are_no_text_are_counted_and_shown_as_such()
    {
        var random = new Random(20261125);
        var log = new List<byte>();
        for (var i = 0; i < 50; i++)
        {
            var noise = new byte[200];
            random.NextBytes(noise);
            log.AddRange([.. Encoding.UTF8.GetBytes(Line("broken ").TrimEnd('\n')), .. noise.Select(b => b is (byte)'\n' or (byte)'\r' ? (byte)0xff : b), (byte)'\n']);
        }

        var digest = Read([.. log]);
        var text = ErrorText.Of(digest, ["app.log"], 99);

        Assert.Equal(50, digest.Errors);
        Assert.Equal(50, digest.Groups.Sum(group => group.Count));
        Assert.DoesNotContain(text, c => char.IsControl(c) && c is not ('\n' or '\t'));
    }

    /// <summary>Blocks are of a mebibyte: the trace begins at positions on either side of where one ends.</summary>
    [Theory]
    [InlineData(-400)]
    [InlineData(-250)]
    [InlineData(-100)]
    [InlineData(-60)]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(1)]
    public void A_trace_that_lies_in_two_blocks_belongs_to_its_event(int offset)
    {
        var log = new StringBuilder();
        var filler = Line("x").Replace("ERROR", "INFO ", StringComparison.Ordinal);
        for (var block = 1; block <= 3; block++)
        {
            var at = (block * Megabyte) + offset;
            while (log.Length + (2 * filler.Length) < at)
            {
                log.Append(filler);
            }

            var padding = at - log.Length - filler.Length;
            log.Append(filler.TrimEnd('\n')).Append('.', padding).Append('\n');
            log.Append(Line($"cannot ship {block}")).Append(Trace);
        }

        var group = Assert.Single(Read(log.ToString()).Groups);

        Assert.Equal((3, "java.net.SocketTimeoutException", 3), (group.Count, group.Type, Enumerable.Count(["java.net.Socket.read", "shop.Http.get"], group.Frames.Contains) + 1));
    }

    /// <summary>In the night of 25 October 2026 the hour from 2 to 3 comes twice in Berlin: what a clock without a zone says then is ambiguous, but nothing is lost.</summary>
    [Fact]
    public void An_hour_that_comes_twice_loses_no_error()
    {
        var log = string.Concat(new[] { "00:30", "01:30", "02:10", "02:50", "02:10", "02:50", "03:30" }.Select(time => $"2026-10-25 {time}:00,000 ERROR [main] shop.A - disk is full\n"));
        var (since, until) = (new DateTimeOffset(2026, 10, 24, 22, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 10, 25, 23, 0, 0, TimeSpan.Zero));
        using var session = new QuerySession(Some.Options(Some.Store(("app.log", log))) with { TimeZone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"), Since = since - ErrorReader.History, Until = until });

        var digest = new ErrorReader(session, ErrorRules.None).Read(EventTable.OfLogs(["s3://logs/"]).Sql, EventTable.OfLogs(["s3://logs/"]).Sql, since, until, countsClientErrors: false);

        Assert.Equal((7, 7), (digest.Errors, Assert.Single(digest.Groups).Trend.Sum()));
    }

    [Fact]
    public void A_clock_that_was_set_back_makes_no_difference()
    {
        var lines = Enumerable.Range(0, 40).Select(i => Line("disk is full", Some.AsOf.AddMinutes(-i * 17 % 300))).ToList();

        var shuffled = Read(string.Concat(lines));
        var ordered = Read(string.Concat(lines.Order(StringComparer.Ordinal)));

        var (one, other) = (Assert.Single(shuffled.Groups), Assert.Single(ordered.Groups));
        Assert.Equal((other.Count, other.FirstSeen, other.LastSeen), (one.Count, one.FirstSeen, one.LastSeen));
        Assert.Equal(other.Trend, one.Trend);
    }

    static string Line(string message, DateTimeOffset? time = null) => string.Create(CultureInfo.InvariantCulture, $"{time ?? Some.AsOf.AddHours(-1):yyyy-MM-dd HH:mm:ss},000 ERROR [main] shop.Ship - {message}\n");

    static ErrorDigest Read(string log) => Read(Encoding.UTF8.GetBytes(log));

    static ErrorDigest Read(byte[] log)
    {
        var store = new MemoryObjectStore().CreateBucket("logs");
        store.With("logs", "app.log", log);
        var since = Some.AsOf.AddDays(-1);
        using var session = new QuerySession(Some.Options(store) with { Format = "app", Since = since - ErrorReader.History, Until = Some.AsOf });
        return new ErrorReader(session, ErrorRules.None).Read(EventTable.OfLogs(["s3://logs/"]).Sql, EventTable.OfLogs(["s3://logs/"]).Sql, since, Some.AsOf, countsClientErrors: false);
    }
}
