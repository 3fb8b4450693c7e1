namespace Millrace.Cli.Tests;

/// <summary>The lake and the files of reports as tables of other engines. Those that run here are asked what they read.</summary>
public sealed class LakeDdlTests : IDisposable
{
    const string Sums = "COUNT(*) AS n, SUM(bytes) AS bytes, SUM(line) AS lines, COUNT(DISTINCT file) AS files, COUNT(DISTINCT service) AS services, MIN(dt) AS dt";

    readonly TemporaryFolder _folder = new();

    string Lake => Path.Join(_folder.Path, "lake");

    string Reports => Path.Join(_folder.Path, "reports");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("athena", "parquet")]
    [InlineData("athena", "csv")]
    [InlineData("athena", "ndjson")]
    [InlineData("glue", "parquet")]
    [InlineData("spark", "parquet")]
    [InlineData("spark", "csv")]
    [InlineData("clickhouse", "parquet")]
    [InlineData("duckdb", "parquet")]
    public async Task The_statements_are_as_reviewed(string engine, string form) => Golden.Matches(
        $"Golden/lake-ddl/{engine}-{form}.txt", (await Executable.RunAsync($"lake ddl --engine {engine} --lake s3://bucket/lake --reports s3://bucket/reports --reports-as {form}")).Quietly());

    [Theory]
    [InlineData("--engine oracle --lake lake", "There is no engine 'oracle' to write tables for. Expected athena, glue, spark, clickhouse or duckdb.")]
    [InlineData("--engine athena --lake lake", "'athena' reads tables of S3 alone, and 'lake' is a directory. Say where a copy of it is with --lake s3://bucket/prefix.")]
    [InlineData("--engine glue --lake s3://b/lake --reports out", "'glue' reads tables of S3 alone, and 'out' is a directory. Say where a copy of it is with --reports s3://bucket/prefix.")]
    [InlineData("--engine spark --lake lake --reports out --reports-as xml", "Reports are not read as 'xml'. Expected parquet, csv or ndjson.")]
    [InlineData("--engine spark", "No lake is named. Name one with --lake, or in millrace.json: {\"lake\": {\"path\": \"DIR\"}}.")]
    public async Task What_cannot_be_is_told(string words, string expected) =>
        Assert.Equal(expected, (await Executable.RunAsync(new Invocation(["lake", "ddl", .. words.Split(' ')]) { Folder = _folder.Path })).Failed(2));

    [Theory]
    [InlineData("parquet")]
    [InlineData("csv")]
    [InlineData("ndjson")]
    public async Task DuckDB_reads_what_the_statements_name(string form)
    {
        await FillAsync(form);
        var statements = (await Executable.RunAsync($"lake ddl --engine duckdb --lake {Lake} --reports {Reports} --reports-as {form}")).Quietly();

        Assert.Equal(
            (await Executable.RunAsync($"sql --lake {Lake} -o csv", $"SELECT {Sums} FROM events")).Quietly(),
            (await Executable.RunAsync("sql -o csv", $"{statements} SELECT {Sums} FROM events")).Quietly());
        Assert.Equal(
            "dates,requests,least\n2,120,200\n",
            (await Executable.RunAsync("sql -o csv", $"{statements} SELECT COUNT(DISTINCT date) AS dates, CAST(SUM(requests) AS BIGINT) AS requests, MIN(status) AS least FROM report_status WHERE date >= DATE '2026-11-22'")).Quietly());
        Assert.Equal(
            "n,hours,requests\n2,1,80\n",
            (await Executable.RunAsync("sql -o csv", $"{statements} SELECT COUNT(*) AS n, COUNT(DISTINCT hour) AS hours, CAST(SUM(requests) AS BIGINT) AS requests FROM report_status_by_hour")).Quietly());
        Assert.Equal(
            "n,count,endpoint\n1,8,8\n",
            (await Executable.RunAsync("sql -o csv", $"{statements} SELECT COUNT(*) AS n, SUM(\"count\") AS count, SUM(CAST(json_extract(endpoints, '$.\"/orders/{{id}}\"') AS BIGINT)) AS endpoint FROM report_errors WHERE date = DATE '2026-11-22'")).Quietly());
        Assert.Equal(
            "n,first\n1,2026-11-22T10:00:00Z\n",
            (await Executable.RunAsync("sql -o csv", $"{statements} SELECT COUNT(*) AS n, MIN(\"fromTimestamp\") AS first FROM report_metrics")).Quietly());
    }

    [Theory]
    [InlineData("parquet")]
    [InlineData("csv")]
    [InlineData("ndjson")]
    public async Task ClickHouse_reads_what_the_statements_name(string form)
    {
        ClickHouse.Require();
        await FillAsync(form);
        string[] statements = (await Executable.RunAsync($"lake ddl --engine clickhouse --lake {Lake} --reports {Reports} --reports-as {form}")).Quietly()
            .Split(";\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var data = Path.Join(_folder.Path, "data");
        var ours = (await Executable.RunAsync($"sql --lake {Lake} -o csv", $"SELECT {Sums} FROM events")).Quietly().Split('\n')[1];

        Assert.Equal(ours, (await ClickHouse.AskAsync(data, [.. statements, $"SELECT {Sums} FROM events"])).Replace("\"", "", StringComparison.Ordinal));
        Assert.Equal("2,120,200", await ClickHouse.AskAsync(data, [.. statements, "SELECT uniqExact(date), SUM(requests), MIN(status) FROM report_status WHERE date >= '2026-11-22'"]));
        Assert.Equal("2,1,80", await ClickHouse.AskAsync(data, [.. statements, "SELECT COUNT(*), uniqExact(hour), SUM(requests) FROM report_status_by_hour"]));
        Assert.Equal("1,8,8", await ClickHouse.AskAsync(data, [.. statements, "SELECT COUNT(*), SUM(count), SUM(JSONExtractInt(endpoints, '/orders/{id}')) FROM report_errors WHERE date = '2026-11-22'"]));
        Assert.Equal("1,\"2026-11-22 10:00:00.000000\"", await ClickHouse.AskAsync(data, [.. statements, "SELECT COUNT(*), MIN(fromTimestamp) FROM report_metrics"]));
    }

    /// <summary>A lake with files that are no longer part of it and a service whose name is written otherwise in paths, and reports of two days.</summary>
    async Task FillAsync(string form)
    {
        foreach (var (name, lines) in new[] { ("a.log", 40), ("b.log", 80) })
        {
            (await Executable.RunAsync($"ingest {_folder.Write(name, Some.CombinedLines(lines))} --lake {Lake}")).Quietly();
        }

        var metric = """{"componentName":"c","metricName":"cpu","unit":"percent","value":1.5,"publicationTimestamp":"2026-11-22T10:01:00Z"}""" + "\n";
        (await Executable.RunAsync($"ingest {_folder.Write("m.json", metric)} --lake {Lake}")).Quietly();
        (await Executable.RunAsync($"ingest {_folder.Write("s.json", """{"time":"2026-11-22T09:00:00Z","service":"a b/c+d%","message":"x"}""" + "\n")} --lake {Lake}")).Quietly();
        (await Executable.RunAsync($"lake compact --lake {Lake}")).Quietly();
        foreach (var until in new[] { "2026-11-22T23:00:00Z", "2026-11-23T01:00:00Z" })
        {
            foreach (var report in new[] { "traffic", "status", "endpoints", "metrics" })
            {
                var (file, since) = until.Contains("-23T", StringComparison.Ordinal) ? ("a.log", "2026-11-22T00:00:00Z") : ("b.log", "2026-11-22T00:00:00Z");
                var source = report == "metrics" ? "m.json" : file;
                if (report != "metrics" || file == "b.log")
                {
                    (await Executable.RunAsync($"report {report} {Path.Join(_folder.Path, source)} --since {since} --until {until} -o {form} --out {Reports}/")).Done();
                }
            }
        }

        const string Range = "--since 2026-11-22T00:00:00Z --until 2026-11-22T23:00:00Z";
        (await Executable.RunAsync($"report status {Path.Join(_folder.Path, "b.log")} --by hour {Range} -o {form} --out {Reports}/")).Done();
        (await Executable.RunAsync($"report errors {Path.Join(_folder.Path, "b.log")} {Range} -o ndjson --out {Reports}/")).Done();
    }
}
