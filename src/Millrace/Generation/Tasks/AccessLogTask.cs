using System.Text;
using Millrace.Generation.Lines;
using Millrace.Generation.Output;
using Millrace.Generation.Randomness;

namespace Millrace.Generation.Tasks;

/// <summary>
/// A <c>server-access-log</c> task: people call endpoints, which call others. One file per service and UTC date of the entry, LF between
/// the lines and none at the end; the service called is in the file's name only.
/// </summary>
sealed class AccessLogTask : GenerationTask
{
    const long LineLimit = 150_000;
    const long MillisPerYear = 31_536_000_000;

    readonly string _directory;
    readonly long _iterations;
    readonly TaskTimer _timer;
    readonly AccessCallGraph _graph;
    readonly LoadItem[] _items;

    public AccessLogTask(TaskNode task)
    {
        RandomSeed = task.OptionalWhole("randomSeed");
        _directory = task.Text("outputDirectoryPath");
        _iterations = task.Whole("numberOfIterations", 0, int.MaxValue);
        _timer = TaskTimer.Read(task, _iterations);
        LagMinMillis = task.Whole("networkLagMinMillis", 0, MillisPerYear);
        LagMaxMillis = task.Whole("networkLagMaxMillis", LagMinMillis, MillisPerYear);
        _graph = new AccessCallGraph(task);
        _items = [.. task.Objects("loadItems").Select(node => LoadItem.Read(node, _graph))];
        Warnings = LimitWarnings();
    }

    public override string OutputDirectory => _directory;

    long LagMinMillis { get; }

    long LagMaxMillis { get; }

    private protected override async Task<GenerationSummary> WriteAsync(
        GenerationOutput output, long seed, TaskPace pace, CancellationToken cancellationToken)
    {
        await using var files = new OpenFiles(output, NameOf);
        var entries = new AccessEntries(files, new SeededRandom(seed, 0), LagMinMillis, LagMaxMillis);
        for (var iteration = 0L; iteration < _iterations; iteration++)
        {
            await pace.WaitAsync(_timer, iteration, cancellationToken);
            var time = _timer.At(iteration);
            foreach (var item in _items)
            {
                entries.Add(item.Endpoint, time.UtcTicks, item.LineStart, item.LineEnd);
            }

            await entries.FlushAsync(AccessEntries.PartOf(time.UtcTicks), cancellationToken);
        }

        await entries.FlushAsync(int.MaxValue, cancellationToken);
        return new GenerationSummary(entries.Lines, files.BytesWritten, files.FilesWritten, seed);
    }

    string NameOf(FileKey key) => $"{_graph.Services[key.Service]}-{DateOnly.FromDayNumber(key.Part):yyyy-MM-dd}.txt";

    string[] LimitWarnings()
    {
        var sizes = new Dictionary<AccessEndpoint, double>();
        var lines = _items.Sum(item => LinesOf(item.Endpoint, sizes)) * _iterations;
        return lines > LineLimit
            ? [$"The task writes {lines:N0} access lines; the original generator stops at {LineLimit:N0}."]
            : [];
    }

    static double LinesOf(AccessEndpoint endpoint, Dictionary<AccessEndpoint, double> sizes)
    {
        if (!sizes.TryGetValue(endpoint, out var lines))
        {
            lines = 1 + endpoint.Dependencies.Sum(dependency => LinesOf(dependency, sizes));
            sizes[endpoint] = lines;
        }

        return lines;
    }

    /// <summary>A person, and the call that they make in every iteration.</summary>
    sealed record LoadItem(AccessEndpoint Endpoint, byte[] LineStart, byte[] LineEnd)
    {
        public static LoadItem Read(TaskNode node, AccessCallGraph graph) => new(
            graph.Find(node.Object("call")),
            Encoding.UTF8.GetBytes($"{node.Text("userAddress")}  - {node.Text("remoteUser")} "),
            Encoding.UTF8.GetBytes($"] \"{node.Text("userAgent")}\""));
    }
}
