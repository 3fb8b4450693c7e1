using System.Text.Json;
using System.Text.RegularExpressions;
using Millrace.Generation;

namespace Millrace.Tests.Generation;

public partial class AccessLogTaskTests
{
    [Fact]
    public async Task Documented_task_of_the_shared_data_gives_its_files_and_calls()
    {
        using var directory = new TemporaryDirectory();
        var task = GenerationTask.Read(Some.SharedData("tasks/server-access-log-doc.json"));
        using var reference = JsonDocument.Parse(File.ReadAllBytes(Some.SharedData("output-doc.reference.json")));

        await RunAsync(task, directory, seed: 7);

        var expectedFiles = reference.RootElement.GetProperty("perFile").EnumerateObject().ToDictionary(file => file.Name, file => file.Value.GetInt32());
        Assert.Equal(expectedFiles, directory.Names().ToDictionary(name => name, name => directory.Text(name).Split('\n').Length));
        var expectedEdges = reference.RootElement.GetProperty("all").GetProperty("edges").EnumerateArray()
            .ToDictionary(edge => (edge.GetProperty("source").GetString()!, edge.GetProperty("target").GetString()!), edge => edge.GetProperty("totalRequests").GetInt32());
        Assert.Equal(expectedEdges, Edges(directory));
    }

    [Fact]
    public async Task Lines_equal_those_of_the_shared_data_but_for_the_random_lags()
    {
        using var directory = new TemporaryDirectory();
        var task = GenerationTask.Read(Some.SharedData("tasks/server-access-log-doc.json"));

        await RunAsync(task, directory, seed: 7);

        foreach (var name in directory.Names())
        {
            var expected = File.ReadAllText(Some.SharedData("output-doc/" + name));
            Assert.Equal(Fraction().Replace(expected, "S"), Fraction().Replace(directory.Text(name), "S"));
        }
    }

    [Fact]
    public async Task The_full_task_of_the_shared_data_gives_150000_lines_in_21_files()
    {
        using var directory = new TemporaryDirectory();
        var task = GenerationTask.Read(Some.SharedData("tasks/server-access-log.json"));

        var summary = await RunAsync(task, directory, seed: 1);

        Assert.Empty(task.Warnings);
        Assert.Equal((150_000, 21), (summary.Lines, summary.Files));
        Assert.Equal(150_000, directory.Names().Sum(name => directory.Text(name).Split('\n').Length));
        Assert.Equal(21, directory.Names().Length);
    }

    [Fact]
    public async Task Dependencies_of_one_call_share_a_time_and_lie_within_the_lag()
    {
        using var directory = new TemporaryDirectory();
        await RunAsync(Some.Task(TwoServices(lagMin: 1000, lagMax: 1000, start: "2022-09-15T23:59:59.500Z")), directory, seed: 3);

        Assert.Equal(["a-2022-09-15.txt", "b-2022-09-16.txt"], directory.Names());
        Assert.Equal("10.0.0.1  - ann \"GET /a\" 200 [2022-09-15T23:59:59.500Z] \"Chrome\"", directory.Text("a-2022-09-15.txt"));
        Assert.Equal(
            "<masked>  - a \"GET /b\" 200 [2022-09-16T00:00:00.500Z] \"Apache HTTP Client\"\n" +
            "<masked>  - a \"POST /b\" 200 [2022-09-16T00:00:00.500Z] \"Apache HTTP Client\"",
            directory.Text("b-2022-09-16.txt"));
    }

    [Fact]
    public async Task A_run_truncates_its_files()
    {
        using var directory = new TemporaryDirectory();
        File.WriteAllText(Path.Combine(directory.Path, "a-2022-09-15.txt"), new string('x', 10_000));

        await RunAsync(Some.Task(TwoServices()), directory, seed: 3);

        Assert.StartsWith("10.0.0.1  - ann", directory.Text("a-2022-09-15.txt"));
        Assert.Single(directory.Text("a-2022-09-15.txt").Split('\n'));
    }

    [Fact]
    public async Task The_seed_of_the_task_gives_the_same_bytes_and_a_seed_of_the_run_wins()
    {
        var task = Some.Task(TwoServices(lagMax: 90_000).Replace("\"loadItems\"", "\"randomSeed\": 5, \"loadItems\""));

        var byTask = await TextAsync(task, seed: null);

        Assert.Equal(byTask, await TextAsync(task, seed: null));
        Assert.Equal(byTask, await TextAsync(task, seed: 5));
        Assert.NotEqual(byTask, await TextAsync(task, seed: 6));
    }

    [Fact]
    public async Task More_lines_than_the_original_writes_are_a_warning()
    {
        using var directory = new TemporaryDirectory();
        var task = Some.Task(TwoServices(iterations: 50_001, step: 1));

        var summary = await RunAsync(task, directory, seed: 1);

        Assert.Equal(["The task writes 150,003 access lines; the original generator stops at 150,000."], task.Warnings);
        Assert.Equal(150_003, summary.Lines);
    }

    [Fact]
    public void A_cycle_is_rejected()
    {
        var json = TwoServices().Replace("\"dependencies\": []", "\"dependencies\": [{\"serviceName\": \"a\", \"relativeUrl\": \"/a\", \"httpMethod\": \"GET\"}]");

        var e = Assert.Throws<UserException>(() => Some.Task(json));

        Assert.Equal("cyclic dependency: a GET /a -> b GET /b -> a GET /a", e.Message);
    }

    [Theory]
    [InlineData("\"networkLagMinMillis\"", "\"lag\"", "The task TASK.json: networkLagMinMillis is missing; expected a whole number.")]
    [InlineData("\"serviceName\": \"b\"", "\"serviceName\": \"c\"", "The task TASK.json: services[0].endpoints[0].dependencies[0].serviceName is 'c'; expected one of a, b.")]
    [InlineData("\"userAgent\": \"Chrome\"", "\"userAgent\": 7", "The task TASK.json: loadItems[0].userAgent is a number; expected a text.")]
    [InlineData("\"name\": \"b\"", "\"name\": \"../b\"", "The task TASK.json: services[1].name is '../b'; expected a name that a file can have.")]
    [InlineData("\"synthetic\"", "\"sundial\"", "The task TASK.json: timer.@type is 'sundial'; expected synthetic or realtime.")]
    [InlineData("\"server-access-log\"", "\"poem\"", "The task TASK.json: @type is 'poem'; expected server-access-log, windowed-metrics or kinesis-metrics-stream.")]
    [InlineData("\"stepMillis\": 1000", "\"stepMillis\": -1", "The task TASK.json: timer.stepMillis is -1; expected a whole number from 0 to 3155760000000.")]
    [InlineData("2022-09-15T13", "yesterday", "The task TASK.json: timer.startTime is 'yesterday:00:00Z'; expected an instant such as 2022-09-15T13:43:01.005Z.")]
    public void A_wrong_task_is_told_where_it_is_wrong(string right, string wrong, string message) =>
        Assert.Equal(message, Assert.Throws<UserException>(() => Some.Task(TwoServices().Replace(right, wrong))).Message);

    [Fact]
    public void An_unknown_endpoint_is_told_with_the_known_ones()
    {
        var json = TwoServices().Replace("\"call\": {\"serviceName\": \"a\", \"relativeUrl\": \"/a\"", "\"call\": {\"serviceName\": \"a\", \"relativeUrl\": \"/z\"");

        var e = Assert.Throws<UserException>(() => Some.Task(json));

        Assert.Equal("The task TASK.json: loadItems[0].call.relativeUrl with httpMethod names GET /z, which a does not have; it has GET /a.", e.Message);
    }

    [Fact]
    public void Bad_JSON_is_told_with_its_line() =>
        Assert.StartsWith("The task TASK.json, line 2, byte 8 is not valid JSON: ", Assert.Throws<UserException>(() => Some.Task("{\n  \"a\": }")).Message);

    [Fact]
    public void A_task_that_is_not_an_object_is_told() =>
        Assert.Equal("The task TASK.json is a list; expected an object with an @type.", Assert.Throws<UserException>(() => Some.Task("[1]")).Message);

    [Fact]
    public async Task One_file_cannot_take_an_access_log_run()
    {
        var e = await Assert.ThrowsAsync<UserException>(() => Some.Task(TwoServices())
            .RunAsync(GenerationOutput.ToFile("all.log"), new TaskRunOptions(), TestContext.Current.CancellationToken));

        Assert.Equal((UserException.Usage, false), (e.ExitCode, File.Exists("all.log")));
    }

    static string TwoServices(
        int lagMin = 0, int lagMax = 10, int iterations = 1, int step = 1000, string start = "2022-09-15T13:00:00Z") => $$$"""
        {
          "@type": "server-access-log",
          "services": [
            {"name": "a", "endpoints": [{"relativeUrl": "/a", "httpMethod": "GET", "dependencies": [
              {"serviceName": "b", "relativeUrl": "/b", "httpMethod": "GET"}, {"serviceName": "b", "relativeUrl": "/b", "httpMethod": "POST"}]}]},
            {"name": "b", "endpoints": [
              {"relativeUrl": "/b", "httpMethod": "GET", "dependencies": []}, {"relativeUrl": "/b", "httpMethod": "POST", "dependencies": []}]}
          ],
          "loadItems": [{"userAgent": "Chrome", "userAddress": "10.0.0.1", "remoteUser": "ann",
            "call": {"serviceName": "a", "relativeUrl": "/a", "httpMethod": "GET"}}],
          "numberOfIterations": {{{iterations}}}, "networkLagMinMillis": {{{lagMin}}}, "networkLagMaxMillis": {{{lagMax}}},
          "timer": {"@type": "synthetic", "startTime": "{{{start}}}", "stepMillis": {{{step}}} },
          "outputDirectoryPath": "test-output"
        }
        """;

    static Task<GenerationSummary> RunAsync(GenerationTask task, TemporaryDirectory directory, int? seed) =>
        task.RunAsync(GenerationOutput.ToDirectory(directory.Path), new TaskRunOptions(seed), TestContext.Current.CancellationToken);

    static async Task<string> TextAsync(GenerationTask task, int? seed)
    {
        using var directory = new TemporaryDirectory();
        await RunAsync(task, directory, seed);
        return string.Concat(directory.Names().Select(directory.Text));
    }

    static Dictionary<(string Source, string Target), int> Edges(TemporaryDirectory directory) => directory.Names()
        .SelectMany(name => directory.Text(name).Split('\n').Select(line => (Line: line, Target: name[..^"-2022-09-15.txt".Length])))
        .Where(entry => entry.Line.StartsWith("<masked>", StringComparison.Ordinal))
        .GroupBy(entry => (entry.Line.Split(' ')[3], entry.Target))
        .ToDictionary(edge => edge.Key, edge => edge.Count());

    [GeneratedRegex(@"(?<=:)\d\d(\.\d{3})?Z")]
    private static partial Regex Fraction();
}
