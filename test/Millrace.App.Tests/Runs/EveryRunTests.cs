using System.Text;
using Millrace.App.Ingestion;
using Millrace.App.Reading;
using Millrace.App.Requests;
using Millrace.App.Runs;
using Millrace.App.Schedules;
using Millrace.Queries.Conditions;
using Millrace.Reports;

namespace Millrace.App.Tests.Runs;

/// <summary>Everything that can be asked is asked without a command line, as a server or a function does.</summary>
public sealed class EveryRunTests
{
    public static TheoryData<string> Reports => [.. ReportTable.All.Select(report => report.Name)];

    [Theory]
    [MemberData(nameof(Reports))]
    public async Task Every_report_runs_over_logs_and_over_a_lake(string name)
    {
        await using var some = new SomeWorkplace();
        some.Write("logs/shop.json", Day());
        some.Write("logs/metrics.json", Metrics());
        var source = Path.Join(some.Folder, "logs");
        await IngestRun.RunAsync(some.Workplace, new IngestRequest { Reading = new ReadingRequest { Sources = [source] }, Lake = Path.Join(some.Folder, "lake") }, RunListener.None, default);

        var overLogs = await RunAsync(some, new ReportRequest(name) { Reading = new ReadingRequest { Sources = [source] } });
        var overLake = await RunAsync(some, new ReportRequest(name) { Reading = new ReadingRequest { Lake = Path.Join(some.Folder, "lake") } });

        Assert.NotEqual("[]\n", overLogs);
        Assert.Equal(overLogs, overLake.Replace($"--lake {Path.Join(some.Folder, "lake")}", $"--in {source}", StringComparison.Ordinal).Replace($"--in {Path.Join(some.Folder, "lake")}", $"--in {source}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Errors_are_reported_from_a_store()
    {
        await using var some = new SomeWorkplace();
        var (source, store) = (some.Write("shop.json", Day()), Path.Join(some.Folder, "errors.db"));
        await ExtractRun.RunAsync(some.Workplace, new ReadingRequest { Sources = [source] }, store, countsClientErrors: false, RunListener.None, default);

        var written = await RunAsync(some, new ReportRequest("errors") { Parameters = new Dictionary<string, string> { [ReportParameter.Store] = store } });

        Assert.Contains("\"count\":3", written);
    }

    [Fact]
    public async Task A_store_and_a_lake_at_once_are_refused()
    {
        await using var some = new SomeWorkplace();
        var request = new ReportRequest("errors")
        {
            Reading = new ReadingRequest { Lake = Path.Join(some.Folder, "lake") },
            Parameters = new Dictionary<string, string> { [ReportParameter.Store] = "errors.db" },
        };

        Assert.Contains("sources, --lake", (await Assert.ThrowsAsync<UserException>(() => RunAsync(some, request))).Message);
    }

    [Fact]
    public async Task A_search_runs_over_logs_and_over_a_lake()
    {
        await using var some = new SomeWorkplace();
        var source = some.Write("shop.json", Day());
        var lake = Path.Join(some.Folder, "lake");
        await IngestRun.RunAsync(some.Workplace, new IngestRequest { Reading = new ReadingRequest { Sources = [source] }, Lake = lake, KeepsRaw = true }, RunListener.None, default);
        var request = new SearchRequest { Terms = ["refused"], Where = [Condition.Parse("status=5xx")] };

        await using var overLogs = (SearchOutcome)await some.Workplace.RunAsync(request with { Reading = new ReadingRequest { Sources = [source] } }, RunListener.None, default);
        await using var overLake = (SearchOutcome)await some.Workplace.RunAsync(request with { Reading = new ReadingRequest { Lake = lake } }, RunListener.None, default);

        Assert.Equal((3, 3), (overLogs.Hits, overLake.Hits));
        Assert.Equal(overLogs.FirstHits.Select(hit => hit.Text).Order(), overLake.FirstHits.Select(hit => hit.Text).Order());
    }

    /// <summary>A schedule holds its request; its mail says what the same request says when it is asked by itself.</summary>
    [Theory]
    [InlineData("\"report\": \"status\"", "status: ")]
    [InlineData("\"report\": \"traffic\", \"external\": true", "traffic: ")]
    [InlineData("\"report\": \"endpoints\", \"where\": \"status>=500\"", "endpoints: ")]
    [InlineData("\"report\": \"errors\"", "3 errors in 1 group")]
    [InlineData("\"search\": [\"refused\"]", "search refused: 3 hits, ")]
    public async Task Every_kind_of_schedule_is_run_and_mailed(string what, string subject)
    {
        await using var some = new SomeWorkplace($$"""
            "schedules": { "noon": { {{what}}, "sources": ["shop.json"], "cron": "0 12 * * *", "mailTo": "ops@example.com" } }
            """);
        some.Write("shop.json", Day());

        var outcome = await new ScheduledRuns(some.Workplace, some.Listener).RunAsync(Assert.Single(some.Settings.Schedules), untilNow: false, default);

        Assert.Equal(ScheduleState.Sent, outcome!.State);
        Assert.StartsWith(subject, Assert.Single(some.Sent).Subject, StringComparison.Ordinal);
        Assert.Contains($"--in {some.Folder}/shop.json", Text(some.Sent[0].Bytes).Replace($" {some.Folder}/shop.json", $" --in {some.Folder}/shop.json", StringComparison.Ordinal));
    }

    static async Task<string> RunAsync(SomeWorkplace some, ReportRequest request)
    {
        await using var outcome = await some.Workplace.RunAsync(request, some.Listener, default);
        using var written = new MemoryStream();
        outcome.Write(ResultForm.Json, written);
        return Encoding.UTF8.GetString(written.ToArray());
    }

    static string Day() => string.Concat(Enumerable.Range(1, 120).Select(minute => SomeWorkplace.Call(minute, status: minute % 5 == 0 ? 404 : 200, milliseconds: minute)))
        + string.Concat(Enumerable.Range(1, 3).Select(minute => SomeWorkplace.Call(minute, "payments", "orders", status: 503, level: "ERROR", message: "connection refused")));

    static string Metrics() => string.Concat(Enumerable.Range(1, 3).Select(minute =>
        $$"""{"componentName":"orders","metricName":"cpu","unit":"percent","value":{{minute}}.5,"publicationTimestamp":"2026-11-22T11:5{{minute}}:00Z"}""" + "\n"));

    static string Text(ReadOnlyMemory<byte> letter) => Encoding.ASCII.GetString(letter.Span).Replace("=\r\n", "", StringComparison.Ordinal);
}
