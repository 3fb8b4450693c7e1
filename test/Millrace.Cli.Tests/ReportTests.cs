namespace Millrace.Cli.Tests;

public sealed class ReportTests
{
    [Fact]
    public async Task The_list_is_as_reviewed() => Golden.Matches("Golden/report-list.txt", (await Executable.RunAsync("report list")).Quietly());

    [Theory]
    [InlineData("traffic")]
    [InlineData("status")]
    [InlineData("endpoints")]
    public async Task Every_form_of_a_report_is_as_reviewed(string report)
    {
        foreach (var form in new[] { "table", "json", "ndjson", "csv" })
        {
            var printed = (await Executable.RunAsync($"report {report} {Some.ShopLog} {Some.AsOf} --output {form}")).Quietly();

            Golden.Matches($"Golden/report-{report}.{form}", printed);
        }
    }

    [Theory]
    [InlineData("service")]
    [InlineData("endpoint")]
    [InlineData("hour")]
    [InlineData("day")]
    public async Task Status_by_parts_is_as_reviewed(string part) =>
        Golden.Matches($"Golden/report-status-by-{part}.csv", (await Executable.RunAsync($"report status {Some.ShopLog} {Some.AsOf} --by {part} --output csv")).Quietly());

    [Fact]
    public async Task A_report_of_what_the_log_does_not_have_is_empty_and_says_so()
    {
        var report = await Executable.RunAsync($"report metrics {Some.ShopLog} {Some.AsOf}");

        Assert.Equal("", report.Done());
        Assert.Equal("The report is empty: none of the 10 event(s) in the range has what it counts.", report.Told);
    }

    [Fact]
    public async Task Fewer_rows_can_be_asked_for() =>
        Assert.Equal(2, (await Executable.RunAsync($"report endpoints {Some.ShopLog} {Some.AsOf} --limit 2")).Quietly().Count(c => c == '\n'));

    [Fact]
    public async Task A_report_is_the_same_bytes_with_one_thread_and_with_two()
    {
        using var folder = new TemporaryFolder();
        (await Executable.RunAsync($"generate --kind json --count 50000 --seed 5 --files 4 --until 2026-11-22T10:00:00Z --out {folder.Path}/logs/")).Done();
        foreach (var report in new[] { "traffic", "status", "endpoints" })
        {
            var command = $"report {report} {folder.Path}/logs --as-of 2026-11-22T10:00:00Z";

            Assert.Equal((await Executable.RunAsync($"{command} --threads 1")).Quietly(), (await Executable.RunAsync($"{command} --threads 2")).Quietly());
        }
    }

    [Fact]
    public async Task A_user_s_endpoints_go_before_the_built_in_ones()
    {
        var rows = (await Executable.RunAsync($"report endpoints {Some.ShopLog} {Some.AsOf} --endpoint /items/{{item}} --output csv")).Quietly();

        Assert.Contains("catalog,GET,/items/{item},2,", rows);
        Assert.Contains("gateway,GET,/products/{id},2,", rows);
    }

    [Fact]
    public async Task A_layout_and_a_mapping_name_what_the_columns_are()
    {
        using var folder = new TemporaryFolder();
        var nginx = folder.Write("a.log", "203.0.113.1 [22/Nov/2026:10:00:00 +0000] \"GET /orders/7 HTTP/1.1\" 200 0.250 orders\n");
        var json = folder.Write("b.json", "{\"ts\":1795341600,\"app\":{\"name\":\"orders\"},\"code\":503}\n");

        var fromLayout = await Executable.RunAsync(
            "sql --format", "nginx:$remote_addr [$time_local] \"$request\" $status $request_time $backend", "--service", "field:backend",
            $"SELECT \"timestamp\" AS at, service, endpoint, status, duration_us FROM logs('{nginx}')");
        var fromMap = await Executable.RunAsync("sql --map service=app.name --map status=code", $"SELECT service, status FROM logs('{json}')");

        Assert.Equal("{\"at\":\"2026-11-22T10:00:00Z\",\"service\":\"orders\",\"endpoint\":\"/orders/{id}\",\"status\":200,\"duration_us\":250000}\n", fromLayout.Quietly());
        Assert.Equal("{\"service\":\"orders\",\"status\":503}\n", fromMap.Quietly());
    }
}
