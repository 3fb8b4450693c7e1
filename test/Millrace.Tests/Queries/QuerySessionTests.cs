using System.Text;
using Millrace.Parsing;
using Millrace.Queries;
using Millrace.Sources;

namespace Millrace.Tests.Queries;

public sealed class QuerySessionTests
{
    [Fact]
    public void A_source_may_be_a_text_or_a_list_of_texts()
    {
        using var session = Session(("a.log", Some.Combined(3)), ("b.log", Some.Combined(4)), ("c.log", Some.Combined(5)));

        Assert.Equal(["3"], session.Rows("SELECT count(*) FROM logs('s3://logs/a.log')"));
        Assert.Equal(["7"], session.Rows("SELECT count(*) FROM logs(['s3://logs/a.log', 's3://logs/b.log'])"));
        Assert.Equal(["12"], session.Rows("SELECT count(*) FROM logs('s3://logs/*.log')"));
        Assert.Equal(["12"], session.Rows("SELECT count(*) FROM logs('s3://logs/')"));
        Assert.Equal(["0"], session.Rows("SELECT count(*) FROM logs([])"));
    }

    [Fact]
    public void A_session_sorts_more_than_the_memory_that_it_is_given()
    {
        using var session = Session(("a.log", Some.Combined(1)));
        session.LimitMemory(64 << 20);

        Assert.Equal(["64.0 MiB"], session.Rows("SELECT current_setting('memory_limit')"));
        Assert.Equal(["3000000,0,2999999"], session.Rows("""
            SELECT concat_ws(',', COUNT(*), MIN(text), MAX(text)) FROM (SELECT n AS text FROM (SELECT n, md5(CAST(n AS VARCHAR)) AS m FROM range(3000000) AS r(n)) ORDER BY m LIMIT 3000000)
            """));
    }

    [Fact]
    public void Both_ends_of_a_range_belong_to_it_to_the_microsecond()
    {
        using var session = Session(("a.json", """
            {"time":"2026-11-22T10:00:00.000001Z","message":"a"}
            {"time":"2026-11-22T10:00:00.000002Z","message":"b"}
            {"time":"2026-11-22T10:00:00.000003Z","message":"c"}
            {"time":"2026-11-22T10:00:00.000004Z","message":"d"}
            {"message":"undated"}

            """));

        var rows = session.Rows("SELECT message FROM logs('s3://logs/a.json', since := '2026-11-22T10:00:00.000002Z', until := '2026-11-22T10:00:00.000003Z') ORDER BY 1");

        Assert.Equal(["b", "c"], rows);
        Assert.Equal(1, session.Totals.Undated);
    }

    [Theory]
    [InlineData("until := '2026-11-21'", "day before")]
    [InlineData("since := '2026-11-21', until := '2026-11-21'", "day before")]
    [InlineData("since := '2026-11-22'", "midnight|noon")]
    [InlineData("since := '1h'", "noon")]
    [InlineData("until := 'now', since := '12h'", "midnight|noon")]
    [InlineData("since := DATE '2026-11-22'", "midnight|noon")]
    [InlineData("since := TIMESTAMP '2026-11-22 00:00:00.000001'", "noon")]
    [InlineData("since := TIMESTAMP '2026-11-22 12:00:00', tz := 'America/New_York'", "noon")]
    [InlineData("since := TIMESTAMP_S '2026-11-22 12:00:01', tz := 'Europe/Berlin'", "")]
    [InlineData("since := '2026-11-22 12:00:01', tz := 'Europe/Berlin'", "noon")]
    [InlineData("since := TIMESTAMPTZ '2026-11-22 12:00:00+01:00', until := NULL", "noon")]
    [InlineData("until := '2026-11-22', tz := 'America/New_York'", "day before|midnight|noon")]
    [InlineData("until := '2026-11-21', tz := 'America/New_York'", "day before|midnight")]
    public void A_range_may_be_dates_instants_or_times_back_from_now(string range, string expected)
    {
        using var session = Session(("a.json", """
            {"time":"2026-11-21T23:59:59.999999Z","message":"day before"}
            {"time":"2026-11-22T00:00:00Z","message":"midnight"}
            {"time":"2026-11-22T12:00:00Z","message":"noon"}

            """));

        Assert.Equal(expected.Split('|', StringSplitOptions.RemoveEmptyEntries), session.Rows($"SELECT message FROM logs('s3://logs/a.json', {range}) ORDER BY timestamp"));
    }

    [Fact]
    public void A_query_without_a_range_has_that_of_the_session()
    {
        using var session = new QuerySession(Some.Options(Some.Store(("a.log", Some.Combined(100)))) with
        {
            Since = new DateTimeOffset(2026, 11, 22, 10, 0, 10, TimeSpan.Zero),
            Until = new DateTimeOffset(2026, 11, 22, 10, 0, 19, TimeSpan.Zero),
        });

        Assert.Equal(["10"], session.Rows("SELECT count(*) FROM logs('s3://logs/a.log')"));
        Assert.Equal(["20"], session.Rows("SELECT count(*) FROM logs('s3://logs/a.log', since := '2026-11-22T10:00:00Z')"));
    }

    [Fact]
    public void Format_service_caller_and_zone_are_parameters()
    {
        using var session = Session(("in/shop.log", "10.0.0.1|ann|22/Jul/2026:10:00:00|GET /orders/17\n"));

        var rows = session.Rows("""
            SELECT timestamp, service, caller, path
            FROM logs('s3://logs/in/shop.log', format := 'nginx:$remote_addr|$remote_user|$time_local|$request', service := 'file:{service}.log', caller := 'user', tz := 'Europe/Berlin')
            """);

        Assert.Equal(["2026-07-22T08:00:00Z|shop|ann|/orders/17"], rows);
    }

    [Fact]
    public void Rejects_are_a_table()
    {
        using var session = Session(("a.log", Some.Combined(2) + "no \xff line\n" + Some.Combined(1) + "none\n"));

        Assert.Equal(
            [
                $"s3://logs/a.log|3|{Some.Combined(2).Length}|the line ends before remote_user does|6|no ÿ line",
                $"s3://logs/a.log|5|{Some.Combined(2).Length + "no .. line\n".Length + Some.Combined(1).Length}|the line ends before remote_host does|0|none",
            ],
            session.Rows("SELECT file, line, byte_offset, reason, position, raw FROM rejects('s3://logs/a.log') ORDER BY line"));
        Assert.Equal(["2"], session.Rows("SELECT count(*) FROM rejects('s3://logs/a.log')"));
        Assert.Equal(["3|2"], session.Rows("SELECT (SELECT count(*) FROM logs('s3://logs/a.log')), (SELECT count(*) FROM rejects('s3://logs/a.log'))"));
    }

    [Fact]
    public void Line_and_file_are_those_of_the_line()
    {
        using var session = Session(("a.log", Some.Combined(5000)), ("b.log", "rejected\n" + Some.Combined(3)));

        Assert.Equal(["s3://logs/a.log|1|5000|5000", "s3://logs/b.log|2|4|3"], session.Rows("SELECT file, min(line), max(line), count(DISTINCT line) FROM logs('s3://logs/') GROUP BY 1 ORDER BY 1"));
        Assert.Equal(["4999|4998"], session.Rows("SELECT line, bytes FROM logs('s3://logs/a.log') WHERE path = '/a/4998'"));
    }

    [Fact]
    public void Rows_come_in_the_order_of_files_and_lines_where_the_session_is_ordered()
    {
        var store = Some.Store(("a.log", Some.Combined(30_000)), ("b.log", Some.Combined(30_000)));
        using var session = new QuerySession(Some.Options(store) with { IsOrdered = true });

        var rows = session.Rows("SELECT file, line FROM logs('s3://logs/')");

        Assert.Equal(rows.OrderBy(row => row.Split('|')[0], StringComparer.Ordinal).ThenBy(row => int.Parse(row.Split('|')[1], System.Globalization.CultureInfo.InvariantCulture)), rows);
        Assert.Equal(60_000, rows.Count);
    }

    [Fact]
    public void Own_columns_of_several_formats_stand_side_by_side()
    {
        using var session = Session(
            ("a.csv", "time,attempt,note\n2026-11-22T10:00:00Z,3,x\n"),
            ("b.csv", "time,attempt,other\n2026-11-22T10:00:01Z,many,1.5\n"),
            ("c.log", Some.Combined(1)));

        Assert.Equal(
            ["a.csv|3|x|NULL|NULL", "b.csv|many|NULL|1.5|NULL", "c.log|NULL|NULL|NULL|200"],
            session.Rows("SELECT replace(file, 's3://logs/', ''), attempt, note, other, status FROM logs('s3://logs/') ORDER BY 1"));
    }

    [Fact]
    public void Two_tables_of_one_query_do_not_mind_each_other()
    {
        using var session = Session(("a.log", Some.Combined(3000)), ("b.log", Some.Combined(2000)));

        Assert.Equal(["2000"], session.Rows("SELECT count(*) FROM logs('s3://logs/a.log') a JOIN logs('s3://logs/b.log') b ON a.path = b.path"));
        Assert.Equal(["3000"], session.Rows("SELECT count(*) FROM logs('s3://logs/a.log') a JOIN logs('s3://logs/a.log') b USING (path)"));
    }

    [Fact]
    public void What_is_read_twice_is_counted_once()
    {
        var rejects = new KeptRejects();
        using var session = new QuerySession(Some.Options(Some.Store(("a.log", "rejected\n" + Some.Combined(3000) + "rejected too\n"))) with { Rejects = rejects });

        Assert.Equal(["3000"], session.Rows("SELECT count(*) FROM logs('s3://logs/a.log') a JOIN logs('s3://logs/a.log') b USING (path)"));
        Assert.Equal(["2"], session.Rows("SELECT count(*) FROM rejects('s3://logs/a.log')"));
        Assert.Equal(["2"], session.Rows("SELECT count(*) FROM rejects('s3://logs/a.log', tz := 'Europe/Berlin')"));

        Assert.Equal((3000, 2), (session.Totals.Events, session.Totals.Rejects));
        Assert.Equal([0, 1], rejects.Offsets.Order().Select(offset => offset > 0 ? 1 : 0));
    }

    [Fact]
    public void What_is_read_in_two_ways_is_counted_in_each()
    {
        using var session = Session(("a.log", "rejected\n" + Some.Combined(10)));

        session.Rows("SELECT count(*) FROM logs('s3://logs/a.log', format := 'combined')");
        session.Rows("SELECT count(*) FROM logs('s3://logs/a.log', format := 'text')");

        Assert.Equal((21, 1), (session.Totals.Events, session.Totals.Rejects));
    }

    [Fact]
    public void What_a_limit_left_unread_is_counted_when_it_is_read()
    {
        using var session = new QuerySession(Some.Options(Some.Store(("a.log", Some.Combined(100_000) + "rejected\n"))) with { Threads = 1 });

        Assert.Equal(3, session.Rows("SELECT path FROM logs('s3://logs/a.log') LIMIT 3").Count);
        Assert.Equal(0, session.Totals.Rejects);
        Assert.Equal(["100000"], session.Rows("SELECT count(*) FROM logs('s3://logs/a.log')"));

        Assert.Equal(1, session.Totals.Rejects);
    }

    [Fact]
    public void Two_sessions_work_at_once()
    {
        var store = Some.Store(("a.log", Some.Combined(20_000)));
        var counts = new string[4];

        Parallel.For(0, counts.Length, i =>
        {
            using var session = new QuerySession(Some.Options(store));
            counts[i] = session.Rows("SELECT count(DISTINCT path) FROM logs('s3://logs/a.log')")[0];
        });

        Assert.All(counts, count => Assert.Equal("20000", count));
    }

    [Fact]
    public void The_rows_of_the_last_statement_are_given()
    {
        using var session = Session(("a.log", Some.Combined(3)));

        Assert.Equal(["6"], session.Rows("CREATE TABLE t AS SELECT bytes + 1 AS b FROM logs('s3://logs/a.log'); SELECT sum(b) FROM t;"));
        Assert.Equal(["3"], session.Rows("SELECT count(*) FROM t"));
    }

    [Fact]
    public void A_limit_ends_the_scan_early()
    {
        var store = Some.Store(("a.log", Some.Combined(1_000_000)));
        using var session = new QuerySession(Some.Options(store) with { Threads = 1 });

        Assert.Equal(3, session.Rows("SELECT path FROM logs('s3://logs/a.log') LIMIT 3").Count);

        Assert.InRange(session.Totals.Events, 3, 500_000);
    }

    [Theory]
    [InlineData("SELECT * FROM logs('s3://logs/a.log', format := 'nosuch')", "There is no format 'nosuch'. Expected auto, ")]
    [InlineData("SELECT * FROM logs('s3://logs/a.log', format := 'csv')", "'s3://logs/a.log' cannot be read as csv: its first lines do not have what the format needs.")]
    [InlineData("SELECT * FROM logs('s3://logs/a.log', since := 'tomorrow')", "'tomorrow' is not a time for since. Expected a date (2026-11-22)")]
    [InlineData("SELECT * FROM logs('s3://logs/a.log', service := 'nosuch')", "The rule 'nosuch' is not known. Expected name:TEXT,")]
    [InlineData("SELECT * FROM logs('s3://logs/a.log', caller := 'file:x.txt')", "The pattern 'x.txt' does not say where the service stands.")]
    [InlineData("SELECT * FROM logs('s3://logs/a.log', tz := 'Mars/Olympus')", "Mars/Olympus")]
    [InlineData("SELECT * FROM logs('s3://logs/nosuch.log')", "No object in the bucket 'logs'")]
    [InlineData("SELECT * FROM logs('/no/such/file.log')", "/no/such/file.log")]
    [InlineData("SELECT * FROM logs('s3://nosuch/')", "There is no bucket 'nosuch'")]
    [InlineData("SELECT * FROM logs(NULL)", "logs() needs a source")]
    [InlineData("SELECT * FROM logs(['s3://logs/a.log', NULL])", "A source in the list of logs() is NULL.")]
    [InlineData("SELECT * FROM logs('s3://logs/a.log', nosuch := 1)", "nosuch")]
    [InlineData("SELECT nosuch FROM logs('s3://logs/a.log')", "nosuch")]
    [InlineData("SELEKT 1", "SELEKT")]
    [InlineData("", "there is no statement in it.")]
    [InlineData(" -- nothing", "there is no statement in it.")]
    [InlineData("SELECT CAST(path AS INTEGER) FROM logs('s3://logs/a.log')", "Could not convert string '/a/")]
    [InlineData("SELECT union_value(a := 1)", "Cast it, for instance to VARCHAR.")]
    [InlineData("SELECT * FROM logs('s3://logs/unknown.bin')", "The format of 's3://logs/unknown.bin' cannot be told")]
    public void Mistakes_are_explained_and_the_session_goes_on(string sql, string message)
    {
        using var session = Session(("a.log", Some.Combined(3000)), ("unknown.bin", "\x01\x02\x03\n\x04\x05\n"));

        var failure = Assert.Throws<UserException>(() => session.Rows(sql));

        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
        Assert.Equal(["3000"], session.Rows("SELECT count(*) FROM logs('s3://logs/a.log')"));
    }

    [Fact]
    public void A_file_that_cannot_be_read_on_fails_the_query_with_its_own_sentence()
    {
        var store = Some.Store(("a.log", Some.Combined(50_000)));
        var reads = 0;
        store.BeforeRequest = (request, _, _) => request == "read" && Interlocked.Increment(ref reads) > 1 ? throw new UserException("The connection to the bucket is gone.") : Task.CompletedTask;
        using var session = new QuerySession(Some.Options(store));

        var failure = Assert.Throws<UserException>(() => session.Rows("SELECT max(line) FROM logs('s3://logs/a.log')"));

        Assert.Equal("The connection to the bucket is gone.", failure.Message);
    }

    [Fact]
    public void A_bug_in_a_callback_is_an_exception_and_does_not_end_the_process()
    {
        var store = Some.Store(("a.log", Some.Combined(50_000)));
        var reads = 0;
        store.BeforeRequest = (request, _, _) => request == "read" && Interlocked.Increment(ref reads) > 1 ? throw new DivideByZeroException("a bug") : Task.CompletedTask;
        using var session = new QuerySession(Some.Options(store));

        var failure = Assert.ThrowsAny<Exception>(() => session.Rows("SELECT count(*) FROM logs('s3://logs/a.log')"));

        Assert.IsNotType<UserException>(failure);
        Assert.Contains("a bug", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancelling_ends_a_query_that_waits_within_200_milliseconds()
    {
        var store = Some.Store(("a.log", Some.Combined(50_000)));
        var isWaiting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var reads = 0;
        store.BeforeRequest = (request, _, token) =>
        {
            if (request != "read" || Interlocked.Increment(ref reads) == 1)
            {
                return Task.CompletedTask;
            }

            isWaiting.TrySetResult();
            return Task.Delay(Timeout.Infinite, token);
        };
        using var session = new QuerySession(Some.Options(store));
        var query = Task.Run(() => session.Rows("SELECT count(*), max(line) FROM logs('s3://logs/a.log')"));
        await isWaiting.Task.WaitAsync(TimeSpan.FromSeconds(20));

        var clock = System.Diagnostics.Stopwatch.StartNew();
        session.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => query.WaitAsync(TimeSpan.FromSeconds(20)));
        Assert.InRange(clock.ElapsedMilliseconds, 0, 200);
    }

    [Fact]
    public async Task Cancelling_ends_a_query_that_computes()
    {
        using var session = new QuerySession(Some.Options());
        var query = Task.Run(() => session.Rows("SELECT count(*) FROM range(100000000) a, range(100000000) b WHERE a.range % 7 = b.range % 11"));
        await Task.Delay(100);

        session.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => query.WaitAsync(TimeSpan.FromSeconds(20)));
    }

    [Fact]
    public void Standard_input_is_read_once()
    {
        using var session = new QuerySession(Some.Options() with { Sources = new SourceResolver(() => new MemoryStream(Encoding.UTF8.GetBytes(Some.Combined(3000)), writable: false).NonSeekable()) });

        Assert.Equal(["3000"], session.Rows("SELECT count(*) FROM logs('-')"));
        Assert.Contains("can be read once", Assert.Throws<UserException>(() => session.Rows("SELECT count(*) FROM logs('-')")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Whether_a_line_is_an_event_does_not_depend_on_the_columns()
    {
        using var session = Session(("a.log", Some.Combined(20) + "10.0.0.1 - - [31/Apr/2026:10:00:00 +0000] \"GET / HTTP/1.1\" 200 5 \"-\" \"x\"\n" + "10.0.0.1 - - [22/Nov/2026:10:00:00 +0000] \"GET / HTTP/1.1\" 200 5 \"-\" \"x\n"));

        Assert.All(
            OutputColumn.Events.Select(column => column.Name).Append("ident").Append("1"),
            column => Assert.Equal("20", session.Rows($"SELECT count(*) FROM (SELECT {(column == "1" ? column : $"\"{column}\"")} FROM logs('s3://logs/a.log'))")[0]));
    }

    [Fact]
    public void Files_that_are_no_logs_are_told_of_and_left_out()
    {
        var warnings = new List<string>();
        var store = Some.Store(("a.log", Some.Combined(3)), ("b.bin", "\x01\x02\n"), ("empty.log", ""), ("breaks.log", "\r\n\n"));
        using var session = new QuerySession(Some.Options(store) with { Warn = warnings.Add });

        Assert.Equal(["3"], session.Rows("SELECT count(*) FROM logs('s3://logs/')"));

        Assert.Equal(["Left out 's3://logs/b.bin', which is no log: no format reads any of its first lines."], warnings);
    }

    static QuerySession Session(params (string Key, string Text)[] files) => new(Some.Options(Some.Store(files)));
}
