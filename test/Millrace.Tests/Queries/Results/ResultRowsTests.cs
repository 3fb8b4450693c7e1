using System.Text.Json.Nodes;
using Millrace.Queries;
using Millrace.Queries.Results;

namespace Millrace.Tests.Queries.Results;

/// <summary>What a query gives is what is read back from each form of its result.</summary>
public sealed class ResultRowsTests : IDisposable
{
    const string Nested = """
        SELECT 1 AS n, NULL::VARCHAR AS nothing, '' AS empty, 'a "b", c' AS text, {'a': [1, NULL], 'b': 'x'} AS record, MAP {'k': 2} AS map,
          '{"j": [true]}'::JSON AS json, TIMESTAMP '2026-11-22 10:00:00.25' AS at, -2.50::DECIMAL(8, 2) AS exact, '-1 day'::INTERVAL AS back
        """;

    readonly QuerySession _session = new(Some.Options());

    public void Dispose() => _session.Dispose();

    [Fact]
    public void Every_kind_of_value_reads_back_from_JSON()
    {
        var row = JsonNode.Parse(Json(Nested, isArray: true))!.AsArray().Single();

        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse("""
                {"n":1,"nothing":null,"empty":"","text":"a \"b\", c","record":{"a":[1,null],"b":"x"},"map":{"k":2},"json":{"j":[true]},
                "at":"2026-11-22T10:00:00.25Z","exact":-2.50,"back":"-1 day"}
                """),
            row));
    }

    [Fact]
    public void Every_kind_of_value_reads_back_from_CSV()
    {
        var rows = PlainCsv.Read(Csv(Nested));

        Assert.Equal(["n", "nothing", "empty", "text", "record", "map", "json", "at", "exact", "back"], rows[0]);
        Assert.Equal(
            ["1", null, "", "a \"b\", c", "{\"a\":[1,null],\"b\":\"x\"}", "{\"k\":2}", "{\"j\": [true]}", "2026-11-22T10:00:00.25Z", "-2.50", "-1 day"],
            rows[1]);
    }

    [Fact]
    public void For_spreadsheets_numbers_stay_numbers_and_texts_are_no_formulas() =>
        Assert.Equal("n,t,back\n-1,'-1,'-1 day\n", Csv("SELECT -1 AS n, '-1' AS t, '-1 day'::INTERVAL AS back", forSpreadsheets: true));

    [Fact]
    public void Columns_that_are_omitted_are_left_out_of_JSON()
    {
        using var output = new CountingStream();
        using (var result = _session.Execute("SELECT 1 AS a, 2 AS b, 3 AS c"))
        {
            result.WriteJson(output, isArray: false, new HashSet<string> { "b" });
        }

        Assert.Equal("{\"a\":1,\"c\":3}\n", output.Text);
    }

    [Fact]
    public void Random_texts_read_back_from_each_form()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);

        // DuckDB's literals hold no NUL.
        string?[] texts = [.. Enumerable.Range(0, 500).Select(_ => SomeText.OrNull(random)?.Replace("\0", "", StringComparison.Ordinal))];
        var rows = texts.Select((text, i) => $"({i}, {(text is null ? "NULL" : SqlText.Literal(text))})");
        var sql = $"SELECT * FROM (VALUES {string.Join(", ", rows)}) AS t(n, text) ORDER BY n";

        var lines = Json(sql, isArray: false).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var array = JsonNode.Parse(Json(sql, isArray: true))!.AsArray();
        var csv = PlainCsv.Read(Csv(sql));

        Assert.True(texts.SequenceEqual(lines.Select(line => (string?)JsonNode.Parse(line)!["text"])), $"NDJSON, seed {seed}");
        Assert.True(texts.SequenceEqual(array.Select(row => (string?)row!["text"])), $"JSON, seed {seed}");
        Assert.True(texts.SequenceEqual(csv.Skip(1).Select(row => row[1])), $"CSV, seed {seed}");
    }

    [Fact]
    public void Times_are_written_as_their_texts_say()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        var micros = Enumerable.Range(0, 500).Select(_ => random.NextInt64(-300_000_000_000_000_000, 300_000_000_000_000_000) / (long)Math.Pow(10, random.Next(8)));
        string[] edges =
        [
            "'infinity'::TIMESTAMP", "'-infinity'::TIMESTAMP", "'0001-01-01'::TIMESTAMP", "'0001-01-01'::TIMESTAMP - INTERVAL 1 MICROSECOND",
            "'9999-12-31 23:59:59.999999'::TIMESTAMP", "'10000-01-01'::TIMESTAMP",
        ];
        var values = edges.Concat(micros.Select(value => $"make_timestamp({value})"));
        var sql = $"SELECT unnest([{string.Join(", ", values)}]) AS at";

        var texts = _session.Rows(sql);

        Assert.True(texts.SequenceEqual(PlainCsv.Read(Csv(sql)).Skip(1).Select(row => row[0]!)), $"CSV, seed {seed}");
        Assert.True(texts.SequenceEqual(JsonNode.Parse(Json(sql, isArray: true))!.AsArray().Select(row => (string)row!["at"]!)), $"JSON, seed {seed}");
    }

    [Fact]
    public void A_time_of_nanoseconds_without_end_stays_one() => Assert.Equal("t\ninfinity\n", Csv("SELECT 'infinity'::TIMESTAMP_NS AS t"));

    string Json(string sql, bool isArray)
    {
        using var output = new CountingStream();
        using var result = _session.Execute(sql);
        result.WriteJson(output, isArray);
        return output.Text;
    }

    string Csv(string sql, bool forSpreadsheets = false)
    {
        using var output = new CountingStream();
        using var result = _session.Execute(sql);
        result.WriteCsv(output, forSpreadsheets);
        return output.Text;
    }
}
