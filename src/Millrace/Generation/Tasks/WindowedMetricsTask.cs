using System.Text;
using Millrace.Generation.Output;
using Millrace.Generation.Randomness;

namespace Millrace.Generation.Tasks;

/// <summary>
/// A <c>windowed-metrics</c> task: a CSV file per component, a row per metric and window, windows one after the other without a gap, no newline at
/// the end.
/// </summary>
sealed class WindowedMetricsTask : GenerationTask
{
    const long RowLimit = 10_000;
    const int FlushCharacters = 1 << 16;
    const string Header = "componentName,fromTimestamp,maxValue,metricName,minValue,toTimestamp,unit";

    readonly long _iterations;
    readonly TaskTimer _timer;
    readonly List<Component> _components = [];

    public WindowedMetricsTask(TaskNode task)
    {
        RandomSeed = task.OptionalWhole("randomSeed");
        OutputDirectory = task.Text("outputFilePath");
        _iterations = task.Whole("numberOfIterations", 0, int.MaxValue);
        _timer = TaskTimer.Read(task, _iterations);
        var metrics = task.Object("metrics");
        foreach (var (name, node) in metrics.Members())
        {
            var members = node.Members().Select(member => Metric.Read(member.Name, member.Node));
            _components.Add(new Component(metrics.CheckedFileName(name, name), [.. members]));
        }

        Warnings = RowCount > RowLimit
            ? [$"The task writes {RowCount:N0} metrics; the original generator stops at {RowLimit:N0}."]
            : [];
    }

    public override string OutputDirectory { get; }

    long RowCount => _components.Sum(component => (long)component.Metrics.Length) * _iterations;

    private protected override async Task<GenerationSummary> WriteAsync(
        GenerationOutput output, long seed, TaskPace pace, CancellationToken cancellationToken)
    {
        await using var files = new OpenFiles(output, key => _components[key.Service].Name + ".csv");
        var random = new SeededRandom(seed, 0);
        var pending = _components.Select(_ => new StringBuilder(Header)).ToList();
        for (var iteration = 0L; iteration < _iterations; iteration++)
        {
            await pace.WaitAsync(_timer, iteration, cancellationToken);
            var window = $"{JavaText.Instant(_timer.At(iteration))},{JavaText.Instant(_timer.At(iteration + 1))}".Split(',');
            for (var i = 0; i < _components.Count; i++)
            {
                _components[i].AppendRows(pending[i], window[0], window[1], random);
                await FlushAsync(files, i, pending[i], FlushCharacters, cancellationToken);
            }
        }

        for (var i = 0; i < _components.Count; i++)
        {
            await FlushAsync(files, i, pending[i], 0, cancellationToken);
        }

        await files.CompleteAllAsync(cancellationToken);
        return new GenerationSummary(RowCount, files.BytesWritten, files.FilesWritten, seed);
    }

    static async ValueTask FlushAsync(OpenFiles files, int component, StringBuilder pending, int least, CancellationToken cancellationToken)
    {
        if (pending.Length >= least)
        {
            await files[new FileKey(component, 0)].WriteAsync(Encoding.UTF8.GetBytes(pending.ToString()), cancellationToken);
            pending.Clear();
        }
    }

    sealed record Component(string Name, Metric[] Metrics)
    {
        public void AppendRows(StringBuilder rows, string from, string to, SeededRandom random)
        {
            foreach (var metric in Metrics)
            {
                var average = random.Between(metric.AverageFrom, metric.AverageTo);
                var difference = Math.Abs(random.Between(metric.MinDiff, metric.MaxDiff));
                rows.Append('\n').AppendJoin(
                    ',', Name, from, JavaText.Number(average + difference), metric.Name, JavaText.Number(average - difference), to, metric.Unit);
            }
        }
    }

    sealed record Metric(string Name, string Unit, double AverageFrom, double AverageTo, double MinDiff, double MaxDiff)
    {
        public static Metric Read(string name, TaskNode node) => new(
            name, node.Text("unit"), node.Number("averageFrom"), node.Number("averageTo"), node.Number("minDiff"), node.Number("maxDiff"));
    }
}
