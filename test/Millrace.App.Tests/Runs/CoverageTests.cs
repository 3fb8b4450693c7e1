using Millrace.App.Ingestion;
using Millrace.App.Reading;
using Millrace.App.Requests;
using Millrace.App.Runs;
using Millrace.Queries.Conditions;
using Millrace.Reports;

namespace Millrace.App.Tests.Runs;

/// <summary>What a report says of what it looked at, and what it does where that is nothing.</summary>
public sealed class CoverageTests
{
    const double Day = 24 * 60;

    [Fact]
    public async Task A_report_says_which_range_it_covers_and_how_many_events_of_all()
    {
        await using var some = new SomeWorkplace();
        var source = Write(some, 10, 20, Day + 1, Day + 2, Day + 3);

        await RunAsync(some, new ReportRequest("status") { Reading = new ReadingRequest { Sources = [source] } });

        Assert.Equal(["2026-11-21T12:00Z to 2026-11-22T12:00Z: 2 of 5 events; --since all takes all"], some.Said);
    }

    [Theory]
    [InlineData("all", null, "all time: all 5 events")]
    [InlineData("1h30m", null, "2026-11-22T10:30Z to 2026-11-22T12:00Z: 2 of 5 events")]
    [InlineData("today", null, "2026-11-22T00:00Z to 2026-11-22T12:00Z: 2 of 5 events")]
    [InlineData("yesterday", "yesterday", "2026-11-21T00:00:00Z to 2026-11-21T23:59:59.999999Z: 3 of 5 events")]
    [InlineData("11:45", null, "2026-11-22T11:45Z to 2026-11-22T12:00Z: 1 of 5 events")]
    [InlineData("2026-11-22T11:49:59Z", null, "2026-11-22T11:49:59Z to 2026-11-22T12:00:00Z: 1 of 5 events")]
    public async Task A_range_that_is_named_is_said_as_it_was_understood(string since, string? until, string expected)
    {
        await using var some = new SomeWorkplace();
        var source = Write(some, 10, 20, Day + 1, Day + 2, Day + 3);

        await RunAsync(some, new ReportRequest("status") { Reading = new ReadingRequest { Sources = [source], Since = since, Until = until } });

        Assert.Equal([expected], some.Said);
    }

    [Theory]
    [InlineData("status")]
    [InlineData("errors")]
    public async Task A_person_who_names_no_range_sees_the_end_of_the_data_where_it_is_old(string report)
    {
        await using var some = new SomeWorkplace();
        var source = Write(some, 10 * Day, (10 * Day) + 60, (11 * Day) + 1);
        var request = new ReportRequest(report) { Reading = new ReadingRequest { Sources = [source] } };

        await RunAsync(some, request with { LooksBack = true });
        var said = some.Said.ToArray();
        some.Said.Clear();
        await RunAsync(some, request);

        Assert.Equal(["Nothing happened in the latest 24 hours, so this covers the last 24 hours of the data.", "2026-11-11T12:00Z to 2026-11-12T12:00Z: 2 of 3 events; --since all takes all"], said);
        Assert.Equal("2026-11-21T12:00Z to 2026-11-22T12:00Z: 0 of 3 events; --since all takes all", some.Said[0]);
    }

    [Fact]
    public async Task Nobody_looks_back_where_a_range_is_named()
    {
        await using var some = new SomeWorkplace();
        var source = Write(some, 10 * Day);

        await RunAsync(some, new ReportRequest("status") { LooksBack = true, Reading = new ReadingRequest { Sources = [source], Since = "24h" } });

        Assert.Equal(
            [
                "2026-11-21T12:00Z to 2026-11-22T12:00Z: 0 of 1 event",
                "The report is empty: no event lies between 2026-11-21T12:00:00Z and 2026-11-22T12:00:00Z. The data spans 2026-11-12T12:00:00Z to 2026-11-12T12:00:00Z; ask for it with --since 2026-11-12T12:00:00Z --until 2026-11-12T12:00:00Z.",
            ],
            some.Said);
    }

    [Theory]
    [InlineData("status")]
    [InlineData("traffic")]
    [InlineData("errors")]
    public async Task A_source_of_which_no_line_parses_is_a_failure_and_not_an_empty_report(string report)
    {
        await using var some = new SomeWorkplace();
        var source = some.Write("odd.log", "one\ntwo\nthree\n");
        var request = new ReportRequest(report) { Reading = new ReadingRequest { Sources = [source], Format = "combined" } };

        var error = await Assert.ThrowsAsync<UserException>(() => some.Workplace.RunAsync(request, some.Listener, default));

        Assert.Equal($"None of the 3 lines parsed, so there is nothing to report. Name their format with --format; 'millrace formats detect {source}' shows which come near.", error.Message);
        Assert.Equal(UserException.Failed, error.ExitCode);
    }

    [Fact]
    public async Task Conditions_and_an_order_are_those_of_the_request()
    {
        await using var some = new SomeWorkplace();
        var source = some.Write("a.json", SomeWorkplace.Call(1, "a") + SomeWorkplace.Call(2, "b", status: 500) + SomeWorkplace.Call(3, "b", status: 502) + SomeWorkplace.Call(4, "c", status: 503));
        var request = new ReportRequest("endpoints") { Where = [Condition.Parse("status=5xx")], Sort = "service:desc", Reading = new ReadingRequest { Sources = [source] } };

        await using var outcome = (ReportOutcome)await some.Workplace.RunAsync(request, some.Listener, default);

        Assert.Equal(["c", "b"], Column(outcome, "service"));
        Assert.Equal("2026-11-21T12:00Z to 2026-11-22T12:00Z: all 4 events, of which those count that meet status=5xx", Assert.Single(some.Said));
    }

    [Theory]
    [InlineData("traffic", "requests", "There is no column 'requests' to sort by. Expected id, source, target, totalRequests, ")]
    [InlineData("errors", "requests", "There is no column 'requests' to sort by. Expected count, share, ")]
    [InlineData("status", "requests:up", "'requests:up' is not an order for --sort. Expected COLUMN, COLUMN:asc or COLUMN:desc.")]
    public async Task An_order_that_there_is_not_is_refused_with_those_there_are(string report, string sort, string expected)
    {
        await using var some = new SomeWorkplace();
        var request = new ReportRequest(report) { Sort = sort, Reading = new ReadingRequest { Sources = [Write(some, 1)] } };

        var error = await Assert.ThrowsAsync<UserException>(() => some.Workplace.RunAsync(request, some.Listener, default));

        Assert.StartsWith(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_of_errors_refuses_conditions_and_a_lake_answers_them()
    {
        await using var some = new SomeWorkplace();
        var source = some.Write("a.json", SomeWorkplace.Call(1, status: 500));
        var store = Path.Join(some.Folder, "errors.db");
        await ExtractRun.RunAsync(some.Workplace, new ReadingRequest { Sources = [source] }, store, countsClientErrors: false, RunListener.None, default);
        var request = new ReportRequest("errors") { Where = [Condition.Parse("service=orders")] };

        var error = await Assert.ThrowsAsync<UserException>(() => RunAsync(some, request with { Parameters = new Dictionary<string, string> { [ReportParameter.Store] = store } }));

        Assert.Equal($"The store '{store}' keeps counts per hour, which 'service=orders' cannot be held against. Name the logs or a lake instead of the store, or leave --where out.", error.Message);
    }

    static string Write(SomeWorkplace some, params double[] minutesAgo) => some.Write("a.json", string.Concat(minutesAgo.Select(minutes => SomeWorkplace.Call(minutes))));

    static async Task RunAsync(SomeWorkplace some, RunRequest request)
    {
        await using var outcome = await some.Workplace.RunAsync(request, some.Listener, default);
    }

    static List<string?> Column(ReportOutcome outcome, string name)
    {
        using var rows = outcome.Rows();
        var values = new List<string?>();
        while (rows.Read())
        {
            values.Add(rows.Columns.Single(column => column.Name == name).Text(rows.Row));
        }

        return values;
    }
}
