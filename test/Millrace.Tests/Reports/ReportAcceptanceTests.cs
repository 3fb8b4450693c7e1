using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Millrace.Queries;
using Millrace.Reports;

namespace Millrace.Tests.Reports;

/// <summary>Reports and queries over real logs give the answers that are known, or that a plain computation gives.</summary>
public sealed class ReportAcceptanceTests
{
    static readonly DateTimeOffset WorkedExampleAsOf = new(2022, 9, 15, 14, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_worked_example_of_shared_data_gives_the_expected_traffic()
    {
        var folder = SharedData.Folder("service-logs", "worked-example");
        using var expected = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "expected.json")));
        using var session = ReportSession.OfFiles(WorkedExampleAsOf);

        var rows = session.Rows(ReportTable.Traffic, Path.Combine(folder, "*.txt"));

        Assert.Equal(expected.RootElement.GetProperty("reports").EnumerateArray().Select(EdgeOf), rows.Select(EdgeOf));
        Assert.All(rows, row => Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.MD5.HashData(Encoding.UTF8.GetBytes(row["source"] + row["target"])))[..16], row["id"]));
    }

    [Fact]
    public void Output_of_the_generator_in_shared_data_gives_the_true_call_graph()
    {
        using var reference = Reference("output-doc.reference.json");
        using var session = ReportSession.OfFiles();

        AssertTraffic(session, reference.RootElement.GetProperty("all"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void A_window_of_24_hours_over_shared_data_gives_its_call_graph(int window)
    {
        using var reference = Reference("output-doc.reference.json");
        var expected = reference.RootElement.GetProperty("windows24h")[window];
        using var session = ReportSession.OfFiles(expected.GetProperty("referenceTime").GetDateTimeOffset());

        AssertTraffic(session, expected);

        Assert.Equal(expected.GetProperty("lines").GetInt64(), session.Runner.EventsInRange(EventTable.OfLogs([])));
    }

    [Fact]
    public void The_documented_model_of_shared_data_gives_its_call_graph()
    {
        using var reference = Reference("doc-variant-sample.reference.json");
        using var session = ReportSession.OfFiles();

        var rows = session.Rows(ReportTable.Traffic, Path.Combine(SharedData.Folder("service-logs"), "doc-variant-sample.log"), countsExternal: true);

        Assert.Equal(Edges(reference.RootElement.GetProperty("edges")).Concat(External(reference.RootElement)).Order(StringComparer.Ordinal), rows.Select(EdgeOf).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_apache_sample_of_shared_data_has_9999_events_and_one_reject()
    {
        var source = Path.Combine(SharedData.Folder("access-logs"), "elastic_apache_logs_10k.log");
        using var session = ReportSession.OfFiles();

        Assert.Equal("9999", Single(session, $"SELECT count(*) FROM logs('{source}')"));
        Assert.Equal("8899|the quote around user_agent is not closed", Single(session, $"SELECT line || '|' || reason FROM rejects('{source}')"));
    }

    [Theory]
    [InlineData("elastic_apache_logs_10k.log")]
    [InlineData("ocatak_netsparker.log")]
    [InlineData("ocatak_w3af.log")]
    public void Counts_of_access_logs_in_shared_data_equal_those_of_a_plain_regex(string name)
    {
        var source = Path.Combine(SharedData.Folder("access-logs"), name);
        var line = new Regex("""^(\S+) (\S+) (.*?) \[([^\]]*)\] "((?:\\.|[^"\\])*)" ([0-9]{3}) ([0-9]+|-) "((?:\\.|[^"\\])*)" "((?:\\.|[^"\\])*)"(?: .*)?$""");
        var lines = Encoding.Latin1.GetString(File.ReadAllBytes(source)).Split('\n').Select(text => text.TrimEnd('\r')).Where(text => text.Length > 0).ToList();
        var matches = lines.Select(text => line.Match(text)).Where(match => match.Success).ToList();
        using var session = ReportSession.OfFiles();

        Assert.Equal(
            matches.GroupBy(match => match.Groups[6].Value).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group =>
                $"{group.Key}|{group.Count()}|{group.Sum(match => match.Groups[7].Value == "-" ? 0 : long.Parse(match.Groups[7].Value, CultureInfo.InvariantCulture))}"),
            Rows(session.Session, $"SELECT status, count(*), coalesce(sum(bytes), 0) FROM logs('{source}') GROUP BY 1 ORDER BY 1"));
        Assert.Equal($"{lines.Count - matches.Count}", Single(session, $"SELECT count(*) FROM rejects('{source}')"));
        Assert.Equal(
            matches.Select(match => match.Groups[5].Value.Split(' ')[0]).Where(word => Regex.IsMatch(word, "^[A-Za-z_-]{1,24}$")).GroupBy(word => word).Select(group => $"{group.Key}|{group.Count()}").Order(StringComparer.Ordinal),
            Rows(session.Session, $"SELECT method, count(*) FROM logs('{source}') WHERE method IS NOT NULL GROUP BY 1").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_web_log_of_shared_data_gives_the_reference_figures()
    {
        var folder = SharedData.Folder("live-log");
        using var reference = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "reference.json")));
        var source = Path.Combine(folder, "weblog.csv");
        using var session = ReportSession.OfFiles();

        Assert.Equal("15789", Single(session, $"SELECT count(*) FROM logs('{source}')"));
        Assert.Equal("218", Single(session, $"SELECT count(*) FROM rejects('{source}')"));
        Assert.Equal(Counts("status"), Rows(session.Session, $"SELECT status, count(*) FROM logs('{source}') GROUP BY 1").Order(StringComparer.Ordinal));
        Assert.Equal(Counts("methods"), Rows(session.Session, $"SELECT method, count(*) FROM logs('{source}') GROUP BY 1").Order(StringComparer.Ordinal));
        Assert.Subset(Rows(session.Session, $"SELECT client_ip, count(*) FROM logs('{source}') GROUP BY 1").ToHashSet(), Pairs("topIps"));
        Assert.Subset(Rows(session.Session, $"SELECT path, count(*) FROM logs('{source}') GROUP BY 1").ToHashSet(), Pairs("topPaths"));

        IEnumerable<string> Counts(string name) => reference.RootElement.GetProperty(name).EnumerateObject().Select(count => $"{count.Name}|{count.Value.GetInt32()}").Order(StringComparer.Ordinal);

        HashSet<string> Pairs(string name) => [.. reference.RootElement.GetProperty(name).EnumerateArray().Select(pair => $"{pair[0].GetString()}|{pair[1].GetInt32()}")];
    }

    /// <summary>The 24 records that were made of junk rows have no time: they are rejects, and count all the same where the reference counts them.</summary>
    [Fact]
    public void Producer_records_of_shared_data_give_the_reference_figures_and_those_without_a_time_are_rejects()
    {
        var folder = SharedData.Folder("live-log");
        using var reference = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "lla-producer-sample.reference.json")));
        var source = Path.Combine(folder, "lla-producer-sample.jsonl");
        using var session = ReportSession.OfFiles();

        var expected = reference.RootElement.GetProperty("perEndpoint").EnumerateObject().Select(endpoint => string.Create(
            CultureInfo.InvariantCulture,
            $"{endpoint.Name}|{endpoint.Value.GetProperty("hits").GetInt32()}|{endpoint.Value.GetProperty("avg").GetDouble():0.000}|{endpoint.Value.GetProperty("min").GetInt32()}|{endpoint.Value.GetProperty("max").GetInt32()}"));

        Assert.Equal(expected.Order(StringComparer.Ordinal), Rows(session.Session, $"""
            SELECT endpoint, count(*), printf('%.3f', avg(ms)), min(ms), max(ms)
            FROM (
              SELECT endpoint, duration_us // 1000 AS ms FROM logs('{source}')
              UNION ALL
              SELECT raw::JSON->>'$.data.endpoint', (raw::JSON->>'$.data.response_time')::BIGINT FROM rejects('{source}')
            )
            GROUP BY 1 ORDER BY 1
            """));
        Assert.Equal("24", Single(session, $"SELECT count(*) FROM rejects('{source}')"));
    }

    [Fact]
    public void Producer_records_of_shared_data_give_the_endpoints_of_a_plain_computation()
    {
        var source = Path.Combine(SharedData.Folder("live-log"), "lla-producer-sample.jsonl");
        using var session = ReportSession.OfFiles();

        var expected = File.ReadAllLines(source).Where(line => line.Length > 0)
            .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("data"))
            .Where(data => DateTime.TryParseExact(data.GetProperty("timestamp").GetString(), "dd/MMM/yyyy:HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
            .GroupBy(data => data.GetProperty("endpoint").GetString())
            .Select(endpoint => string.Create(
                CultureInfo.InvariantCulture,
                $"{endpoint.Key}|{endpoint.Count()}|{Math.Round(endpoint.Average(data => data.GetProperty("response_time").GetInt32()), 3)}|{endpoint.Max(data => data.GetProperty("response_time").GetInt32())}"));

        Assert.Equal(
            expected.Order(StringComparer.Ordinal),
            session.Rows(ReportTable.Endpoints, source).Select(row => $"{row["endpoint"]}|{row["requests"]}|{row["avgDurationMs"]}|{row["maxDurationMs"]}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Metric_windows_of_shared_data_give_the_windows_of_a_plain_computation()
    {
        var folder = SharedData.Folder("service-logs", "metrics-csv");
        using var session = ReportSession.OfFiles();

        var expected = Directory.GetFiles(folder, "*.csv")
            .SelectMany(file => File.ReadAllLines(file).Skip(1).Select(line => line.Split(',')))
            .GroupBy(cells => (Component: cells[0], Metric: cells[3], Window: FiveMinutes(cells[1])))
            .Select(window => Show(window.Key, window.Min(cells => Real(cells[4])), window.Max(cells => Real(cells[2])), null, window.Count()));

        AssertSame(expected, session.Rows(ReportTable.Metrics, folder));
    }

    [Fact]
    public void Metric_events_of_shared_data_give_the_windows_of_a_plain_computation()
    {
        var source = Path.Combine(SharedData.Folder("service-logs"), "output-kinesis.jsonl");
        using var session = ReportSession.OfFiles();

        var expected = File.ReadAllLines(source).Where(line => line.Length > 0)
            .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("data"))
            .GroupBy(data => (Component: data.GetProperty("componentName").GetString()!, Metric: data.GetProperty("metricName").GetString()!, Window: FiveMinutes(data.GetProperty("publicationTimestamp").GetString()!)))
            .Select(window => Show(window.Key, window.Min(Value), window.Max(Value), window.Average(Value), window.Count()));

        AssertSame(expected, session.Rows(ReportTable.Metrics, source));

        static double Value(JsonElement data) => data.GetProperty("value").GetDouble();
    }

    static void AssertTraffic(ReportSession session, JsonElement expected)
    {
        var source = SharedData.Folder("service-logs", "output-doc");
        var edges = Edges(expected.GetProperty("edges")).ToList();

        Assert.Equal(edges.Order(StringComparer.Ordinal), session.Rows(ReportTable.Traffic, source).Select(EdgeOf).Order(StringComparer.Ordinal));
        Assert.Equal(expected.GetProperty("edges").EnumerateArray().Select(edge => edge.GetProperty("id").GetString()).Order(StringComparer.Ordinal), session.Rows(ReportTable.Traffic, source).Select(row => row["id"]).Order(StringComparer.Ordinal));
        Assert.Equal(edges.Concat(External(expected)).Order(StringComparer.Ordinal), session.Rows(ReportTable.Traffic, source, countsExternal: true).Select(EdgeOf).Order(StringComparer.Ordinal));
    }

    static JsonDocument Reference(string name) => JsonDocument.Parse(File.ReadAllText(Path.Combine(SharedData.Folder("service-logs"), name)));

    static IEnumerable<string> Edges(JsonElement edges) => edges.EnumerateArray().Select(EdgeOf);

    /// <summary>People are one caller, whoever they are.</summary>
    static IEnumerable<string> External(JsonElement expected) => expected.GetProperty("external").EnumerateArray()
        .GroupBy(edge => edge.GetProperty("target").GetString())
        .Select(target => $"{CallGraph.External}|{target.Key}|{target.Sum(edge => edge.GetProperty("totalRequests").GetInt64())}");

    static string EdgeOf(JsonElement edge) => $"{edge.GetProperty("source").GetString()}|{edge.GetProperty("target").GetString()}|{edge.GetProperty("totalRequests").GetInt64()}";

    static string EdgeOf(Dictionary<string, string?> row) => $"{row["source"]}|{row["target"]}|{row["totalRequests"]}";

    static List<string> Rows(QuerySession session, string sql) => Queries.Some.Rows(session, sql);

    static string Single(ReportSession session, string sql) => Assert.Single(Rows(session.Session, sql));

    static DateTime FiveMinutes(string instant)
    {
        var time = DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture).UtcDateTime;
        return new DateTime(time.Ticks - (time.Ticks % TimeSpan.FromMinutes(5).Ticks), DateTimeKind.Utc);
    }

    static double Real(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    static string Show((string Component, string Metric, DateTime Window) key, double min, double max, double? average, int count) => string.Create(
        CultureInfo.InvariantCulture,
        $"{key.Component} {key.Metric} {key.Window:yyyy-MM-ddTHH:mm:ssZ} {key.Window.AddMinutes(5):yyyy-MM-ddTHH:mm:ssZ} {min:0.######} {max:0.######} {average:0.#####} {count}");

    static void AssertSame(IEnumerable<string> expected, List<Dictionary<string, string?>> rows) => Assert.Equal(
        expected.Order(StringComparer.Ordinal),
        rows.Select(row => string.Create(
            CultureInfo.InvariantCulture,
            $"{row["componentName"]} {row["metricName"]} {row["fromTimestamp"]} {row["toTimestamp"]} {Real(row["minValue"]!):0.######} {Real(row["maxValue"]!):0.######} {(row["avgValue"] is { } average ? Real(average) : null as double?):0.#####} {row["count"]}")).Order(StringComparer.Ordinal));
}
