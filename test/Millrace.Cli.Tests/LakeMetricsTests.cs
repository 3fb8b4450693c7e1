using System.Globalization;

namespace Millrace.Cli.Tests;

/// <summary>Metrics in a lake, from the command line.</summary>
public sealed class LakeMetricsTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    string Lake => Path.Join(_folder.Path, "lake");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("2026-11-22T12:00:00Z")]
    [InlineData("2026-11-22T10:33:20.5Z")]
    public async Task The_call_graph_has_the_metrics_of_the_lake_as_those_of_the_files(string asOf)
    {
        var metrics = await MetricsAsync();
        var calls = $"--as-of {asOf} --external --output node-graph";

        var raw = (await Executable.RunAsync($"report traffic {Some.ShopLog} {calls} --metrics {metrics}")).Quietly();
        var lake = (await Executable.RunAsync($"report traffic --lake {Lake} {calls} --metrics")).Quietly();

        Assert.Contains("ram", raw, StringComparison.Ordinal);
        Assert.Equal(raw, lake);
        Assert.Equal(
            (await Executable.RunAsync($"report metrics {metrics} --as-of {asOf} --output json")).Quietly(),
            (await Executable.RunAsync($"report metrics --lake {Lake} --as-of {asOf} --output json")).Quietly());
    }

    [Fact]
    public async Task Another_engine_reads_the_table_of_metrics()
    {
        ClickHouse.Require();
        await MetricsAsync();
        const string Sums = "COUNT(*) AS windows, SUM(count) AS measurements, MIN(minValue) AS lowest, MAX(maxValue) AS highest, SUM(valueSum) AS total";
        const string Where = "WHERE metricName = 'ram' AND componentName = 'orders'";
        foreach (var upkeep in new[] { "status", "compact", "vacuum --after-days -1" })
        {
            (await Executable.RunAsync($"lake {upkeep} --lake {Lake}")).Quietly();

            var ours = (await Executable.RunAsync($"sql --lake {Lake} -o csv", $"SELECT {Sums} FROM metrics {Where}")).Quietly();
            var theirs = await ClickHouse.AskAsync(Path.Join(_folder.Path, "data"), $"SELECT {Sums} FROM deltaLakeLocal('{Path.GetFullPath(Lake)}/metrics') {Where}");

            Assert.Equal(upkeep == "status" ? "72" : "36", theirs.Split(',')[0]);
            Assert.Equal("396", theirs.Split(',')[1]);
            Assert.Equal(ours.Split('\n')[1].Split(',').Select(Number), theirs.Split(',').Select(Number));
        }
    }

    [Fact]
    public async Task Metrics_of_nothing_are_told() => Assert.Equal(
        "--metrics names no source, and there is no lake to take metrics from. Name a source (--metrics FILE), or a lake with --lake.",
        (await Executable.RunAsync($"report traffic {Some.ShopLog} {Some.AsOf} --metrics")).Failed(2));

    /// <summary>Single measurements and windows of three hours, brought in by two runs. Gives their folder.</summary>
    async Task<string> MetricsAsync()
    {
        var folder = Directory.CreateDirectory(Path.Join(_folder.Path, "metrics")).FullName;
        var start = new DateTimeOffset(2026, 11, 22, 9, 0, 0, TimeSpan.Zero);
        await File.WriteAllTextAsync(Path.Join(folder, "events.json"), string.Concat(Enumerable.Range(0, 1080).Select(i => string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"componentName":"{{(i % 2 == 0 ? "orders" : "payments")}}","metricName":"{{(i % 3 == 0 ? "cpu" : "ram")}}","unit":"%","value":{{(i * 37 % 1000) / 7.0}},"publicationTimestamp":"{{start.AddSeconds(i * 10):yyyy-MM-ddTHH:mm:ssZ}}"}{{"\n"}}"""))));
        await File.WriteAllTextAsync(Path.Join(folder, "orders.csv"), "componentName,fromTimestamp,maxValue,metricName,minValue,toTimestamp,unit" + string.Concat(Enumerable.Range(0, 36).Select(i => string.Create(
            CultureInfo.InvariantCulture,
            $"\norders,{start.AddMinutes(i * 5):yyyy-MM-ddTHH:mm:ssZ},{i + 5.5},ram,{i + 0.25},{start.AddMinutes((i * 5) + 5):yyyy-MM-ddTHH:mm:ssZ},%"))));
        (await Executable.RunAsync($"ingest {Some.ShopLog} {folder}/events.json --lake {Lake}")).Quietly();
        (await Executable.RunAsync($"ingest {folder} --lake {Lake}")).Quietly();
        return folder;
    }

    static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
