using System.Text.Json;
using Millrace.Generation.Tasks;
using Millrace.Sources;

namespace Millrace.Generation;

/// <summary>How a task is run.</summary>
/// <param name="Seed">Goes before the task's own <c>randomSeed</c>; with neither, every run differs.</param>
/// <param name="Pace">True to wait between the iterations of a realtime timer; false to write at once, with the same timestamps.</param>
/// <param name="Clock">What waits; the system's clock when null.</param>
public sealed record TaskRunOptions(int? Seed = null, bool Pace = false, TimeProvider? Clock = null);

/// <summary>
/// A file that describes what to generate: a <c>server-access-log</c>, <c>windowed-metrics</c> or a <c>kinesis-metrics-stream</c>, told apart
/// by <c>@type</c>.
/// </summary>
public abstract class GenerationTask
{
    /// <summary>What the person should hear before the run: a limit of the format's original generator that this task exceeds.</summary>
    public IReadOnlyList<string> Warnings { get; private protected init; } = [];

    /// <summary>Where the task itself says that its files go, relative to the working directory; null for a stream of records.</summary>
    public abstract string? OutputDirectory { get; }

    /// <summary>The task's own seed.</summary>
    public long? RandomSeed { get; private protected init; }

    /// <summary>Reads a task. Throws a <see cref="UserException"/> that says where the file is wrong and what was expected.</summary>
    public static GenerationTask Read(string path)
    {
        try
        {
            return Parse(File.ReadAllBytes(path), path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserException($"Cannot read the task '{path}': {FileErrors.Reason(e)}.", cause: e);
        }
    }

    /// <summary>Reads a task from its bytes; the name is for messages.</summary>
    public static GenerationTask Parse(ReadOnlyMemory<byte> json, string name)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false });
            return FromRoot(new TaskNode(document.RootElement, name, ""));
        }
        catch (JsonException e)
        {
            var place = e.LineNumber is { } line ? $", line {line + 1}, byte {e.BytePositionInLine + 1}" : "";
            throw new UserException($"The task {name}{place} is not valid JSON: {e.Message}", cause: e);
        }
    }

    /// <summary>
    /// Writes what the task describes. Files that were complete before a failure or a cancellation stay. Throws a
    /// <see cref="UserException"/> where the output cannot take the files.
    /// </summary>
    public async Task<GenerationSummary> RunAsync(GenerationOutput output, TaskRunOptions options, CancellationToken cancellationToken)
    {
        ThrowIfUnfit(output);
        var seed = options.Seed ?? RandomSeed ?? Random.Shared.Next();
        var waiting = new TaskPace(options.Pace ? options.Clock ?? TimeProvider.System : null);
        return await WriteAsync(output, seed, waiting, cancellationToken);
    }

    private protected abstract Task<GenerationSummary> WriteAsync(
        GenerationOutput output, long seed, TaskPace pace, CancellationToken cancellationToken);

    static GenerationTask FromRoot(TaskNode root) => root.Text("@type") switch
    {
        "server-access-log" => new AccessLogTask(root),
        "windowed-metrics" => new WindowedMetricsTask(root),
        "kinesis-metrics-stream" => new KinesisMetricsTask(root),
        var other => throw root.Wrong("@type", $"is '{other}'; expected server-access-log, windowed-metrics or kinesis-metrics-stream"),
    };

    void ThrowIfUnfit(GenerationOutput output)
    {
        if (OutputDirectory is not null && !output.TakesManyFiles)
        {
            throw new UserException(
                $"The task writes several files, and their names carry meaning, but {output.Name} is one: give a directory.", UserException.Usage);
        }
    }
}
