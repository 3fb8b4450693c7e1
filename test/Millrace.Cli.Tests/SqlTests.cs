namespace Millrace.Cli.Tests;

public sealed class SqlTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("table")]
    [InlineData("json")]
    [InlineData("ndjson")]
    [InlineData("csv")]
    public async Task Every_form_shows_every_type(string form)
    {
        const string Query = """
            SELECT 1 AS whole, -2.5 AS part, 12.50::DECIMAL(8, 2) AS exact, 'a "b", c' AS text, '' AS empty, NULL AS nothing, true AS yes,
              TIMESTAMP '2026-11-22 10:00:00.25' AS at, DATE '2026-11-22' AS day, [1, 2] AS list, {'a': 1, 'b': 'x'} AS record, MAP {'k': 2} AS map
            UNION ALL SELECT 2, 0.5, 1, 'ü', 'x', 'y', false, TIMESTAMP '2026-11-22 10:00:00', NULL, [], {'a': NULL, 'b': ''}, MAP {}
            ORDER BY 1
            """;

        var printed = (await Executable.RunAsync($"sql --output {form}", Query)).Quietly();

        Golden.Matches($"Golden/sql-types.{form}", printed);
    }

    [Theory]
    [InlineData("table", "whole\n─────\n")]
    [InlineData("json", "[]\n")]
    [InlineData("ndjson", "")]
    [InlineData("csv", "whole\n")]
    public async Task A_result_without_rows_is_a_result(string form, string expected) =>
        Assert.Equal(expected, (await Executable.RunAsync($"sql --output {form}", "SELECT 1 AS whole WHERE false")).Quietly());

    [Fact]
    public async Task A_log_is_a_table()
    {
        var query = $"SELECT service, count(*) AS calls, max(duration_us) AS slowest FROM logs('{Some.ShopLog}') WHERE status >= 500 GROUP BY 1 ORDER BY 1";

        Assert.Equal(
            """
            {"service":"gateway","calls":1,"slowest":3010000}
            {"service":"orders","calls":1,"slowest":3005000}
            {"service":"payments","calls":1,"slowest":3000000}

            """,
            (await Executable.RunAsync("sql", query)).Quietly());
    }

    [Fact]
    public async Task All_columns_of_an_event_are_as_reviewed()
    {
        var query = $"SELECT * EXCLUDE (file) FROM logs('{Some.ShopLog}') ORDER BY line LIMIT 2";

        Golden.Matches("Golden/sql-event.json", (await Executable.RunAsync("sql --output json", query)).Quietly());
    }

    [Fact]
    public async Task The_query_may_come_from_standard_input() =>
        Assert.Equal("{\"n\":7}\n", (await Executable.RunAsync(new Invocation("sql", "-") { Input = "SELECT 7 AS n"u8.ToArray() })).Quietly());

    [Fact]
    public async Task A_log_may_come_from_standard_input()
    {
        var lines = System.Text.Encoding.UTF8.GetBytes(Some.CombinedLines(1000));

        var counted = await Executable.RunAsync(new Invocation("sql", "SELECT count(*) AS n, sum(bytes) AS b FROM logs('-')") { Input = lines });

        Assert.Equal("{\"n\":1000,\"b\":599500}\n", counted.Quietly());
    }

    [Fact]
    public async Task Several_statements_give_the_rows_of_the_last() =>
        Assert.Equal("{\"a\":3}\n", (await Executable.RunAsync("sql", "CREATE TABLE t AS SELECT 3 AS a; SELECT * FROM t")).Quietly());

    [Fact]
    public async Task Files_of_other_kinds_are_tables_too()
    {
        var csv = _folder.Write("teams.csv", "service,team\norders,blue\npayments,red\n");

        var joined = await Executable.RunAsync(
            "sql", $"SELECT team, count(*) AS calls FROM logs('{Some.ShopLog}') JOIN '{csv}' USING (service) GROUP BY 1 ORDER BY 1");

        Assert.Equal("{\"team\":\"blue\",\"calls\":2}\n{\"team\":\"red\",\"calls\":2}\n", joined.Quietly());
    }

    [Fact]
    public async Task A_query_that_is_wrong_is_told_where()
    {
        var unknown = (await Executable.RunAsync("sql", $"SELECT statuss FROM logs('{Some.ShopLog}')")).Failed();
        var wrong = (await Executable.RunAsync("sql", "SELEC 1")).Failed();

        Assert.Contains("Referenced column \"statuss\" not found", unknown);
        Assert.Contains("\"status\"", unknown);
        Assert.Equal("Parser Error: syntax error at or near \"SELEC\"\n\nLINE 1: SELEC 1\n        ^", wrong);
        Assert.Equal("The query is empty: there is no statement in it.", (await Executable.RunAsync("sql", "  ")).Failed());
    }

    [Fact]
    public async Task Order_is_kept_where_it_is_asked_for()
    {
        var log = _folder.Write("long.log", Some.CombinedLines(60_000));

        var lines = (await Executable.RunAsync("sql --ordered", $"SELECT line FROM logs('{log}')")).Quietly().Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(Enumerable.Range(1, 60_000).Select(line => $"{{\"line\":{line}}}"), lines);
    }
}
