using System.Text;
using System.Text.RegularExpressions;
using Millrace.Generation;

namespace Millrace.Tests.Generation;

public partial class MetricsTaskTests
{
    const string Windowed = """
        {
          "@type": "windowed-metrics", "numberOfIterations": 2, "outputFilePath": "out",
          "timer": {"@type": "synthetic", "startTime": "2020-09-01T12:35:00Z", "stepMillis": 10500},
          "metrics": {
            "b": {"ram": {"unit": "percent", "averageFrom": 50, "averageTo": 50, "minDiff": 2.5, "maxDiff": 2.5}},
            "a": {
              "ram": {"unit": "percent", "averageFrom": 1, "averageTo": 1, "minDiff": -0.5, "maxDiff": -0.5},
              "cpu": {"unit": "percent", "averageFrom": 0.00001, "averageTo": 0.00001, "minDiff": 0, "maxDiff": 0}}
          }
        }
        """;

    const string Stream = """
        {
          "@type": "kinesis-metrics-stream", "iterationsNumber": 3,
          "stream": {"region": "us-east-1", "streamName": "my-stream", "timeoutMillis": 3000},
          "timer": {"@type": "realtime", "startTime": "2020-01-01T12:45:54.000Z", "rateMillis": 1500},
          "metrics": {"b": {"cpu": {"unit": "percent", "minValue": 10.0, "maxValue": 10.0}}}
        }
        """;

    [Fact]
    public async Task A_CSV_file_per_component_has_a_row_per_metric_and_window()
    {
        using var directory = new TemporaryDirectory();

        var summary = await Some.Task(Windowed).RunAsync(GenerationOutput.ToDirectory(directory.Path), new TaskRunOptions(), TestContext.Current.CancellationToken);

        Assert.Equal((6, 2), (summary.Lines, summary.Files));
        Assert.Equal(["a.csv", "b.csv"], directory.Names());
        Assert.Equal(
            """
            componentName,fromTimestamp,maxValue,metricName,minValue,toTimestamp,unit
            a,2020-09-01T12:35:00Z,1.5,ram,0.5,2020-09-01T12:35:10.500Z,percent
            a,2020-09-01T12:35:00Z,1.0E-5,cpu,1.0E-5,2020-09-01T12:35:10.500Z,percent
            a,2020-09-01T12:35:10.500Z,1.5,ram,0.5,2020-09-01T12:35:21Z,percent
            a,2020-09-01T12:35:10.500Z,1.0E-5,cpu,1.0E-5,2020-09-01T12:35:21Z,percent
            """,
            directory.Text("a.csv"));
    }

    [Fact]
    public async Task The_metrics_task_of_the_shared_data_gives_rows_like_its_own()
    {
        using var directory = new TemporaryDirectory();
        var task = GenerationTask.Read(Some.SharedData("tasks/metrics-batch.json"));

        await task.RunAsync(GenerationOutput.ToDirectory(directory.Path), new TaskRunOptions(Seed: 4), TestContext.Current.CancellationToken);

        Assert.Empty(task.Warnings);
        foreach (var name in directory.Names())
        {
            Assert.Equal(Value().Replace(File.ReadAllText(Some.SharedData("metrics-csv/" + name)), "V"), Value().Replace(directory.Text(name), "V"));
        }
    }

    [Fact]
    public async Task Records_of_a_stream_are_lines_with_their_partition_key()
    {
        var text = await StreamTextAsync(Some.Task(Stream), new TaskRunOptions());

        Assert.Equal(
            """
            {"partitionKey": "b_cpu", "data": {"componentName": "b", "metricName": "cpu", "unit": "percent", "value": 10.0, "publicationTimestamp": "2020-01-01T12:45:54Z"}}
            {"partitionKey": "b_cpu", "data": {"componentName": "b", "metricName": "cpu", "unit": "percent", "value": 10.0, "publicationTimestamp": "2020-01-01T12:45:55.500Z"}}
            {"partitionKey": "b_cpu", "data": {"componentName": "b", "metricName": "cpu", "unit": "percent", "value": 10.0, "publicationTimestamp": "2020-01-01T12:45:57Z"}}

            """,
            text);
    }

    [Fact]
    public async Task The_stream_task_of_the_shared_data_gives_records_like_its_own()
    {
        var task = GenerationTask.Read(Some.SharedData("tasks/kinesis-metrics-stream.json"));

        var text = await StreamTextAsync(task, new TaskRunOptions(Seed: 4));

        Assert.Empty(task.Warnings);
        Assert.Equal(Value().Replace(File.ReadAllText(Some.SharedData("output-kinesis.jsonl")), "V"), Value().Replace(text, "V"));
    }

    [Fact]
    public void More_metrics_than_the_original_writes_are_a_warning()
    {
        Assert.Equal(["The task writes 10,002 metrics; the original generator stops at 10,000."], Some.Task(Windowed.Replace("\": 2,", "\": 3334,")).Warnings);
        Assert.Equal(["The task writes 101 metric events; the original generator stops at 100."], Some.Task(Stream.Replace("\": 3,", "\": 101,")).Warnings);
    }

    [Fact]
    public async Task A_paced_run_waits_for_its_timer_and_another_does_not()
    {
        var clock = new SteppedClock();

        await StreamTextAsync(Some.Task(Stream), new TaskRunOptions(Pace: true, Clock: clock));
        var waited = clock.Waited;
        await StreamTextAsync(Some.Task(Stream), new TaskRunOptions(Pace: false, Clock: clock));

        Assert.Equal(TimeSpan.FromSeconds(3), waited);
        Assert.Equal(waited, clock.Waited);
    }

    static async Task<string> StreamTextAsync(GenerationTask task, TaskRunOptions options)
    {
        using var stream = new MemoryStream();
        await task.RunAsync(GenerationOutput.ToStream(stream), options, TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    [GeneratedRegex(@"(?<=,|""value"": )[0-9.]+(E-?\d+)?(?=,)")]
    private static partial Regex Value();
}
