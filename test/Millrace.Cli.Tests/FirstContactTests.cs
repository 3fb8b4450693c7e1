namespace Millrace.Cli.Tests;

/// <summary>What somebody who has never seen the program tries, and what they are told.</summary>
public sealed class FirstContactTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("--out r.xlsx", "'r.xlsx' does not say a form that results are written in: there is none for '.xlsx'. Expected .json, .ndjson, .csv, .parquet or .txt, or say it with --output.")]
    [InlineData("--out r.csv.gz", "'r.csv.gz' does not say a form that results are written in: there is none for '.gz'. Expected .json, .ndjson, .csv, .parquet or .txt, or say it with --output.")]
    [InlineData("--limit -5", "--limit cannot be negative, and is -5. Expected a number of rows.")]
    [InlineData("--service file:{servce}-{service}.log", "The pattern '{servce}-{service}.log' has an unknown placeholder {servce}. Expected {service}, {region} or {date}; '*' stands for anything else.")]
    [InlineData("--lake lake", "A lake takes the place of sources: name sources or --lake, not both.")]
    [InlineData("--at 3", "--at names a version of a lake, and sources have none. Name the lake with --lake, or leave --at out.")]
    [InlineData("--sort colour", "There is no column 'colour' to sort by. Expected status, requests, share, avgDurationMs, p50DurationMs, p95DurationMs, p99DurationMs, bytes.")]
    [InlineData("--where statuss=500", "'statuss' is not a column of events. Did you mean 'status'?\n  statuss=500\n  ^^^^^^^")]
    [InlineData("--external", "There is no option '--external'.\n'millrace report status --help' shows what there is.")]
    public async Task What_would_be_ignored_is_refused(string option, string expected) =>
        Assert.Equal(expected, (await Executable.RunAsync($"report status {Some.ShopLog} {Some.AsOf} {option}")).Failed(code: 2));

    [Fact]
    public async Task What_says_how_logs_are_read_is_refused_for_a_lake()
    {
        var refused = (await Executable.RunAsync("report status --lake lake --format json")).Failed(code: 2);

        Assert.Equal("--format says how raw logs are read, and a lake holds events that were read before. Leave it out, or name the logs instead of --lake.", refused);
    }

    [Theory]
    [InlineData("--output json", "--output")]
    [InlineData("--sort time", "--sort")]
    [InlineData("-C 2", "--context")]
    public async Task A_count_takes_nothing_that_would_do_nothing(string option, string name) => Assert.Equal(
        $"--count prints one number, to which {name} does nothing. Leave one of them out.", (await Executable.RunAsync($"search GET --in {Some.ShopLog} --count {option}")).Failed(code: 2));

    [Theory]
    [InlineData("SELECT * FROM 'x.log'", "'x.log' is not a table. Raw logs are read through logs('x.log').")]
    [InlineData("SELECT * FROM 'logs/*.gz' LIMIT 1", "'logs/*.gz' is not a table. Raw logs are read through logs('logs/*.gz').")]
    public async Task A_log_in_the_place_of_a_table_is_told_how_it_is_read(string sql, string expected) => Assert.StartsWith(expected, (await Executable.RunAsync("sql", sql)).Failed());

    [Fact]
    public async Task A_report_says_what_it_covers_and_the_demo_said_the_same()
    {
        var demo = (await Executable.RunAsync($"demo --count 5000 --dir {_folder.Path}/demo")).Quietly();

        var report = await Executable.RunAsync($"report traffic {_folder.Path}/demo/logs --output table");

        Assert.Contains(report.Quietly(), demo, StringComparison.Ordinal);
        Assert.EndsWith(": all 5,000 events", report.Coverage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Conditions_hold_for_every_report()
    {
        var status = (await Executable.RunAsync($"report status {Some.ShopLog} {Some.AsOf} --where status=5xx --output csv")).Quietly();
        var endpoints = (await Executable.RunAsync($"report endpoints {Some.ShopLog} {Some.AsOf} --where status>=400 --where !service=gateway --output csv --sort requests:asc")).Quietly();
        var errors = (await Executable.RunAsync($"report errors {Some.ShopLog} {Some.AsOf} --where service=nobody --output ndjson")).Quietly();

        Assert.All(status.Split('\n')[1..^1], row => Assert.StartsWith(",5", "," + row));
        Assert.DoesNotContain("gateway,", endpoints);
        Assert.Equal("", errors);
    }

    [Fact]
    public async Task Logs_of_which_no_line_parses_are_a_failure()
    {
        var log = _folder.Write("odd.log", "one\ntwo\n");

        var failed = await Executable.RunAsync($"report status {log} --format combined --output json");

        Assert.Contains("None of the 2 lines parsed, so there is nothing to report.", failed.Failed());
    }

    [Theory]
    [InlineData("report st", "status")]
    [InlineData("report status --wh", "--where")]
    [InlineData("lake ", "compact")]
    [InlineData("completion ", "zsh")]
    public async Task A_shell_is_told_what_may_follow(string line, string expected)
    {
        var typed = "millrace " + line;

        var told = (await Executable.RunAsync($"[suggest:{typed.Length}]", typed)).Quietly();

        Assert.Contains(expected, told.Split('\n'));
    }

    [Theory]
    [InlineData("bash", "complete -o bashdefault -o default -F _millrace millrace")]
    [InlineData("zsh", "compdef _millrace millrace")]
    [InlineData("fish", "complete -c millrace")]
    public async Task Scripts_for_shells_are_printed(string shell, string expected) => Assert.Contains(expected, (await Executable.RunAsync($"completion {shell}")).Quietly());

    [Fact]
    public async Task The_script_completes_a_command_in_bash()
    {
        Assert.SkipUnless(File.Exists("/bin/bash"), "This needs bash.");
        var program = _folder.Write("millrace", $"#!/bin/sh\nexec {string.Join(' ', Executable.In(Executable.Folder).Select(word => $"'{word}'"))} \"$@\"\n");
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var script = $$"""
            source <({{program}} completion bash)
            COMP_LINE="{{program}} report sta" COMP_POINT=${#COMP_LINE} COMP_WORDS=({{program}} report sta) COMP_CWORD=2
            COMP_POINT=${#COMP_LINE}
            _millrace
            echo "${COMPREPLY[@]}"
            """;

        var completed = await Executable.RunAsync(new Invocation { Words = ["bash", "-c", script] });

        Assert.Equal("status\n", completed.Quietly());
    }
}
