using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Millrace.Generation.Output;
using Millrace.Generation.Randomness;

namespace Millrace.Generation.Tasks;

/// <summary>
/// A <c>kinesis-metrics-stream</c> task: one metric event per component, metric and iteration. Written as a record a line:
/// its partition key and its data.
/// </summary>
sealed class KinesisMetricsTask : GenerationTask
{
    const long RecordLimit = 100;

    readonly long _iterations;
    readonly TaskTimer _timer;
    readonly string _streamName;
    readonly List<Metric> _metrics = [];

    public KinesisMetricsTask(TaskNode task)
    {
        RandomSeed = task.OptionalWhole("randomSeed");
        _streamName = task.Object("stream").FileName("streamName");
        _iterations = task.Whole("iterationsNumber", 0, int.MaxValue);
        _timer = TaskTimer.Read(task, _iterations);
        foreach (var (component, node) in task.Object("metrics").Members())
        {
            _metrics.AddRange(node.Members().Select(member => Metric.Read(component, member.Name, member.Node)));
        }

        Warnings = RecordCount > RecordLimit
            ? [$"The task writes {RecordCount:N0} metric events; the original generator stops at {RecordLimit:N0}."]
            : [];
    }

    public override string? OutputDirectory => null;

    long RecordCount => _metrics.Count * _iterations;

    private protected override async Task<GenerationSummary> WriteAsync(
        GenerationOutput output, long seed, TaskPace pace, CancellationToken cancellationToken)
    {
        await using var files = new OpenFiles(output, _ => _streamName + ".jsonl");
        var random = new SeededRandom(seed, 0);
        var file = files[default];
        var records = new StringBuilder();
        for (var iteration = 0L; iteration < _iterations; iteration++)
        {
            await pace.WaitAsync(_timer, iteration, cancellationToken);
            var time = JavaText.Instant(_timer.At(iteration));
            foreach (var metric in _metrics)
            {
                metric.AppendRecord(records, random, time);
            }

            await file.WriteAsync(Encoding.UTF8.GetBytes(records.ToString()), cancellationToken);
            await file.FlushAsync(cancellationToken);
            records.Clear();
        }

        await files.CompleteAllAsync(cancellationToken);
        return new GenerationSummary(RecordCount, files.BytesWritten, files.FilesWritten, seed);
    }

    /// <summary>A metric: the text of its records around the value and the time, and the value's range.</summary>
    sealed record Metric(string Start, double MinValue, double MaxValue)
    {
        public static Metric Read(string component, string name, TaskNode node) => new(
            $"{{\"partitionKey\": \"{Json(component)}_{Json(name)}\", \"data\": {{\"componentName\": \"{Json(component)}\", " +
            $"\"metricName\": \"{Json(name)}\", \"unit\": \"{Json(node.Text("unit"))}\", \"value\": ",
            node.Number("minValue"),
            node.Number("maxValue"));

        public void AppendRecord(StringBuilder records, SeededRandom random, string time) => records
            .Append(Start)
            .Append(JavaText.Number(random.Between(MinValue, MaxValue)))
            .Append(", \"publicationTimestamp\": \"").Append(time).Append("\"}}\n");

        static string Json(string text) => JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString();
    }
}
