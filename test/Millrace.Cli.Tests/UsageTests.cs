namespace Millrace.Cli.Tests;

public sealed class UsageTests
{
    const string SourceMissing = "The source is missing: Files, globs, directories, '-' or s3://bucket/prefix.";

    [Theory]
    [InlineData("", "'millrace' needs to know what to do: report, sql, search, errors, ingest, lake, formats, mail, schedule, generate, demo, completion, help or version.", "millrace")]
    [InlineData("report", "'millrace report' needs to know what to do: list, traffic, status, endpoints, metrics or errors.", "millrace report")]
    [InlineData("repotr", "There is no 'millrace repotr'; did you mean 'millrace report'?", "millrace")]
    [InlineData("xyzzy", "There is no 'millrace xyzzy'. Expected report, sql, search, errors, ingest, lake, formats, mail, schedule, generate, demo, completion, help or version.", "millrace")]
    [InlineData("report trafic logs", "There is no 'millrace report trafic'; did you mean 'millrace report traffic'?", "millrace report")]
    [InlineData("formats detect", SourceMissing, "millrace formats detect")]
    [InlineData("sql a b", "'b' is one argument too many for 'millrace sql'. An argument with spaces in it needs quotes.", "millrace sql")]
    [InlineData("--foo", "There is no option '--foo'.", "millrace")]
    [InlineData("sql --foo", "There is no option '--foo'.", "millrace sql")]
    [InlineData("report traffic logs --foo=7", "There is no option '--foo'.", "millrace report traffic")]
    [InlineData("report status logs --sinc 24h", "There is no option '--sinc'; did you mean '--since'?", "millrace report status")]
    [InlineData("report status logs -x", "There is no option '-x'.", "millrace report status")]
    [InlineData("sql SELECT --out --verbose1", "There is no option '--verbose1'; did you mean '--verbose'?", "millrace sql")]
    [InlineData("report status logs --limit", "--limit needs a value: Only the first rows.", "millrace report status")]
    [InlineData("report status logs --limit many", "'many' cannot be used for --limit: Only the first rows.", "millrace report status")]
    [InlineData("report status logs --limit 1 --limit 2", "--limit is given more than once.", "millrace report status")]
    public async Task A_command_line_that_cannot_be_understood_is_refused(string line, string sentence, string command)
    {
        var refused = (await Executable.RunAsync(line)).Failed(code: 2);

        Assert.Equal($"{sentence}\n'{command} --help' shows what there is.", refused);
    }

    [Theory]
    [InlineData("--since tomorrow", "'tomorrow' is not a time for --since. Expected a date (2026-11-22), a time (2026-11-22T10:00:00Z), a time back from now (15m, 24h, 7d, 1h30m), today, yesterday, 10:00, or all.")]
    [InlineData("--until soon", "'soon' is not a time for --until. Expected a date (2026-11-22), a time (2026-11-22T10:00:00Z), a time back from now (15m, 24h, 7d, 1h30m), today, yesterday, or 10:00.")]
    [InlineData("--tz Mars", "The time zone 'Mars' is not known. Expected an IANA name such as Europe/Berlin, UTC, local, or an offset such as +02:00.")]
    [InlineData("--map x", "'x' is not a mapping. Expected EVENT_COLUMN=FIELD, such as service=kubernetes.labels.app.")]
    [InlineData("--map nothing=x", "'nothing=x' is not a mapping. Expected EVENT_COLUMN=FIELD, such as service=kubernetes.labels.app.")]
    [InlineData("--map service=a --map service=b", "--map names a field for 'service' more than once.")]
    [InlineData("--since 2026-11-23", "The range ends before it begins: 2026-11-23T00:00:00Z to 2026-11-22T12:00:00Z.")]
    [InlineData("--threads -1", "--threads cannot be negative. Expected 0, one a processor, or a number.")]
    [InlineData("--max-rejects few", "'few' is not a share for --max-rejects. Expected something like 1% or 0.01.")]
    [InlineData("--output xml", "There is no output 'xml'. Expected table, json, ndjson, csv or parquet, or for 'report traffic' node-graph.")]
    [InlineData("--output parquet", "Parquet cannot go to standard output. Name a file with --out FILE.parquet.")]
    [InlineData("--output node-graph", "Only 'report traffic' can be written as node-graph.")]
    [InlineData("--by week", "'status' cannot be told by 'week'. Expected service, endpoint, hour, day.")]
    public async Task A_value_that_cannot_be_used_is_refused_with_what_can(string option, string sentence)
    {
        var refused = (await Executable.RunAsync($"report status {Some.ShopLog} {Some.AsOf} {option}")).Failed(code: 2);

        Assert.Equal(sentence, refused);
    }

    [Fact]
    public async Task A_rule_or_a_format_that_is_none_is_refused_with_those_there_are()
    {
        var rule = (await Executable.RunAsync($"report traffic {Some.ShopLog} --service somewhere")).Failed(code: 2);
        var format = (await Executable.RunAsync($"report traffic {Some.ShopLog} --format combind")).Failed(code: 2);

        Assert.Equal(
            "The rule 'somewhere' is not known. Expected name:TEXT, file:{service}-{date}.txt, key:logs/{service}/{date}/, path:N, user, agent, host, field:NAME, masked-user or machine-agent.",
            rule);
        Assert.StartsWith("There is no format 'combind'. Expected auto, ", format);
    }

    [Fact]
    public async Task What_follows_two_dashes_is_meant_as_it_is()
    {
        var missing = (await Executable.RunAsync("report status -- --odd.log")).Failed();
        var comment = (await Executable.RunAsync("sql", "-- one\nSELECT 1 AS one")).Quietly();

        Assert.Equal("No file or directory '--odd.log'.", missing);
        Assert.Equal("{\"one\":1}\n", comment);
    }

    [Fact]
    public async Task A_name_that_begins_with_an_at_sign_is_a_name() =>
        Assert.Equal("No file or directory '@odd.log'.", (await Executable.RunAsync("report status @odd.log")).Failed());
}
