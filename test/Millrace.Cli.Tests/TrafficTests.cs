using System.Text.Json;

namespace Millrace.Cli.Tests;

public sealed class TrafficTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_frames_of_grafana_are_as_reviewed()
    {
        var frames = (await Executable.RunAsync($"report traffic {Some.ShopLog} {Some.AsOf} --output node-graph")).Quietly();

        Golden.Matches("Golden/report-traffic.node-graph", frames);
        foreach (var node in JsonDocument.Parse(frames).RootElement.GetProperty("nodes").EnumerateArray())
        {
            Assert.Equal(1, node.EnumerateObject().Where(field => field.Name.StartsWith("arc__", StringComparison.Ordinal)).Sum(field => field.Value.GetDouble()), 9);
        }
    }

    [Fact]
    public async Task People_are_one_caller_where_they_are_counted()
    {
        var without = (await Executable.RunAsync($"report traffic {Some.ShopLog} {Some.AsOf}")).Quietly();
        var with = (await Executable.RunAsync($"report traffic {Some.ShopLog} {Some.AsOf} --external")).Quietly();

        Assert.DoesNotContain("external", without);
        Assert.Contains("\"source\":\"external\",\"target\":\"gateway\",\"totalRequests\":4,\"errors\":1,", with);
    }

    [Fact]
    public async Task The_page_stands_alone()
    {
        var page = Path.Join(_folder.Path, "graph.html");

        var report = await Executable.RunAsync($"report traffic {Some.ShopLog} {Some.AsOf} --html {page}");

        Assert.Equal($"The call graph is in {page}.", report.Told);
        var html = await File.ReadAllTextAsync(page);
        Assert.StartsWith("<!DOCTYPE html>", html, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("payments", html);
        Assert.DoesNotMatch("""(src|href|url|import|fetch)\s*[=(]\s*["']?\s*(https?:)?//""", html);
    }

    [Fact]
    public async Task A_page_that_cannot_be_written_fails_the_run_without_output()
    {
        using var disk = SmallDisk.Mount();
        await File.WriteAllBytesAsync(Path.Join(disk.Path, "filler"), new byte[60_000]);

        var told = (await Executable.RunAsync($"report traffic {Some.ShopLog} {Some.AsOf} --html {disk.Path}/graph.html")).Failed();

        Assert.Equal($"Cannot write '{disk.Path}/graph.html': No space left on device.", told);
        Assert.Equal(["filler"], Directory.EnumerateFileSystemEntries(disk.Path).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Metrics_of_the_services_are_added_to_the_nodes()
    {
        var metrics = _folder.Write(
            "metrics.json",
            "{\"componentName\":\"orders\",\"metricName\":\"cpu\",\"unit\":\"%\",\"value\":40.0,\"publicationTimestamp\":\"2026-11-22T10:00:00Z\"}\n"
            + "{\"componentName\":\"orders\",\"metricName\":\"cpu\",\"unit\":\"%\",\"value\":60.0,\"publicationTimestamp\":\"2026-11-22T10:01:00Z\"}\n");

        var frames = (await Executable.RunAsync($"report traffic {Some.ShopLog} {Some.AsOf} --metrics {metrics} --output node-graph")).Quietly();

        var orders = JsonDocument.Parse(frames).RootElement.GetProperty("nodes").EnumerateArray().Single(node => node.GetProperty("id").GetString() == "orders");
        Assert.Contains(orders.EnumerateObject(), field => field.Name.Contains("cpu", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Services_and_callers_are_found_by_rules()
    {
        Directory.CreateDirectory(Path.Join(_folder.Path, "logs"));
        _folder.Write("logs/orders-2026-11-22.log", "10.0.0.1 - gateway [22/Nov/2026:10:00:00 +0000] \"GET /orders/7 HTTP/1.1\" 200 100 \"-\" \"x\"\n");
        var log = _folder.Write("logs/catalog-2026-11-22.log", "10.0.0.1 - gateway [22/Nov/2026:10:00:00 +0000] \"GET /items/7 HTTP/1.1\" 200 100 \"-\" \"x\"\n");

        var byFile = await Executable.RunAsync($"report traffic {_folder.Path}/logs {Some.AsOf} --service file:{{service}}-{{date}}.log --caller user --output csv");
        var byName = await Executable.RunAsync($"report traffic {log} {Some.AsOf} --service path:1 --caller name:web --output csv");

        Assert.Equal(["gateway,catalog,1", "gateway,orders,1"], Edges(byFile.Quietly()));
        Assert.Equal(["web,items,1"], Edges(byName.Quietly()));
    }

    [Fact]
    public async Task A_log_that_names_no_service_or_no_caller_is_told_which_option_does()
    {
        var log = _folder.Write("a.log", Some.CombinedLines(3));

        var noService = await Executable.RunAsync($"report traffic {log} {Some.AsOf}");
        var noCaller = await Executable.RunAsync($"report traffic {log} {Some.AsOf} --service path:1");

        Assert.Equal("", noService.Done());
        Assert.Equal(
            "The report is empty: no event names its service. Say where it stands with --service, such as --service 'file:{service}-{date}.log', path:1, host or field:NAME.",
            noService.Told);
        Assert.Equal(
            "The report is empty: no event names the service that called. Say where it stands with --caller, such as --caller user, agent or field:NAME, or count people with --external.",
            noCaller.Told);
    }

    [Fact]
    public async Task The_worked_example_of_shared_data_gives_its_answer()
    {
        var folder = SharedData.Folder("service-logs", "worked-example");

        var json = (await Executable.RunAsync($"report traffic {folder}/*.txt --as-of 2022-09-15T14:00:00Z --output json")).Quietly();

        var expected = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Join(folder, "expected.json"))).RootElement.GetProperty("reports");
        Assert.Equal(EdgesOf(expected), EdgesOf(JsonDocument.Parse(json).RootElement));
    }

    static IEnumerable<string> Edges(string csv) => csv.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(row => string.Join(',', row.Split(',')[1..4]));

    static IEnumerable<(string?, string?, long)> EdgesOf(JsonElement edges) => edges.EnumerateArray()
        .Select(edge => (edge.GetProperty("source").GetString(), edge.GetProperty("target").GetString(), edge.GetProperty("totalRequests").GetInt64()))
        .OrderBy(edge => edge);
}
