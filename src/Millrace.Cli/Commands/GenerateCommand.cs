using System.CommandLine;
using System.Globalization;
using Millrace.Aws;
using Millrace.Cli.Help;
using Millrace.Cli.Output;
using Millrace.Events;
using Millrace.Generation;
using Millrace.Generation.Story;
using Millrace.Sources;

namespace Millrace.Cli.Commands;

/// <summary><c>millrace generate TASK.json</c> and <c>millrace generate --kind KIND</c>.</summary>
sealed class GenerateCommand
{
    readonly Argument<string?> _task = new("task") { Description = "A task file: server-access-log, windowed-metrics or kinesis-metrics-stream", Arity = ArgumentArity.ZeroOrOne };
    readonly Option<string?> _kind = new("--kind") { Description = "Without a task: combined, json, service, app or fortnight" };
    readonly Option<string?> _out = new("--out") { Description = "A file, a directory (ending in /) or s3://bucket/prefix/; names ending in .gz are compressed. Standard output where missing" };
    readonly Option<long> _count = new("--count") { Description = "Events to write", DefaultValueFactory = _ => 1_000_000 };
    readonly Option<int?> _seed = new("--seed") { Description = "The same seed gives the same bytes" };
    readonly Option<double?> _rate = new("--rate") { Description = "Lines a second; as fast as possible where missing" };
    readonly Option<string?> _since = new("--since") { Description = "First timestamp; a day before the last where missing" };
    readonly Option<string?> _until = new("--until") { Description = "Last timestamp; now where missing" };
    readonly Option<int> _clients = new("--clients") { Description = "Different clients", DefaultValueFactory = _ => 20_000 };
    readonly Option<int> _paths = new("--paths") { Description = "Different paths", DefaultValueFactory = _ => 2_000 };
    readonly Option<int> _services = new("--services") { Description = "Services of the system", DefaultValueFactory = _ => 7 };
    readonly Option<double> _errorShare = new("--error-share") { Description = "Share of requests that fail", DefaultValueFactory = _ => 0.01 };
    readonly Option<double> _invalidShare = new("--invalid-share") { Description = "Share of lines that no parser accepts" };
    readonly Option<string[]> _latency = new("--latency") { Description = "Latency of an endpoint, as median and spread: \"payment-service POST /payments=180ms,0.6\"" };
    readonly Option<int> _files = new("--files") { Description = "Files in a directory", DefaultValueFactory = _ => 1 };
    readonly Option<bool> _compress = new("--gzip") { Description = "Compress the files of a directory" };
    readonly Option<bool> _pace = new("--pace") { Description = "Write a realtime task's records at its own pace" };
    readonly Option<string?> _endpointUrl = new("--s3-endpoint") { Description = "URL of an S3 store other than AWS (also AWS_ENDPOINT_URL)" };

    /// <summary>The command.</summary>
    public static Command Create(CommandConsole console)
    {
        var options = new GenerateCommand();
        var command = new ExampledCommand("generate", "Write logs that look like load: from a task file, or of a kind.")
        {
            options._task, options._kind, options._out, options._count, options._seed, options._rate, options._since, options._until, options._clients, options._paths,
            options._services, options._errorShare, options._invalidShare, options._latency, options._files, options._compress, options._pace, options._endpointUrl,
        };
        command.SetAction((parsed, _) => options.RunAsync(parsed, console.Stop));
        return command.WithExamples("millrace generate --kind json --count 100000 --out shop.json", "millrace generate task.json --out s3://my-logs/test/");
    }

    async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        using var store = new S3Store(new S3Options { Endpoint = parsed.GetValue(_endpointUrl) });
        using var stdout = new StandardOutput();
        var summary = (parsed.GetValue(_task), parsed.GetValue(_kind)) switch
        {
            ({ } task, null) => await RunTaskAsync(parsed, task, store, stdout, stop).ConfigureAwait(false),
            (null, Fortnight.Kind) => await NewFortnight(parsed).WriteAsync(Output(parsed.GetValue(_out), store, stdout), stop).ConfigureAwait(false),
            (null, { } kind) => await LogGenerator.Create(LogKinds.Parse(kind), Profile(parsed))
                .WriteAsync(Output(parsed.GetValue(_out), store, stdout), progress: null, TimeProvider.System, stop).ConfigureAwait(false),
            _ => throw new UserException("Say what to generate: a task file, or --kind combined, json, service, app or fortnight.", UserException.Usage),
        };
        CommandConsole.Say(string.Create(
            CultureInfo.InvariantCulture,
            $"Wrote {summary.Lines:N0} {(parsed.GetValue(_task) is null ? "events" : "rows")}, {summary.Bytes:N0} bytes, {summary.Files:N0} file(s); seed {summary.Seed}."));
        return 0;
    }

    async Task<GenerationSummary> RunTaskAsync(ParseResult parsed, string path, IObjectStore store, Stream stdout, CancellationToken stop)
    {
        var task = GenerationTask.Read(path);
        foreach (var warning in task.Warnings)
        {
            CommandConsole.Say(warning);
        }

        // A task that names its own directory writes there, unless it is told otherwise.
        var target = parsed.GetValue(_out) ?? (task.OutputDirectory is { } own ? own.TrimEnd('/') + "/" : null);
        var options = new TaskRunOptions(parsed.GetValue(_seed), parsed.GetValue(_pace), TimeProvider.System);
        return await task.RunAsync(Output(target, store, stdout), options, stop).ConfigureAwait(false);
    }

    /// <summary>A fortnight has its own length and its own story, so that most options mean nothing to it.</summary>
    Fortnight NewFortnight(ParseResult parsed)
    {
        Option[] others = [_since, _rate, _clients, _paths, _services, _errorShare, _invalidShare, _latency, _files];
        return others.FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false }) is { } other
            ? throw new UserException($"{other.Name} means nothing to a fortnight. Expected --until, --count, --seed, --gzip or --out.", UserException.Usage)
            : new Fortnight(Profile(parsed));
    }

    LoadProfile Profile(ParseResult parsed)
    {
        var now = TimeProvider.System.GetUtcNow();
        var end = parsed.GetValue(_until) is { } until ? InstantText.Parse(until, "--until", now: now, isEnd: true) : now;
        var start = parsed.GetValue(_since) is { } since ? InstantText.Parse(since, "--since", now: end) : end - TimeSpan.FromDays(1);
        return new LoadProfile(start, end)
        {
            Count = parsed.GetValue(_count),
            Seed = parsed.GetValue(_seed) ?? 1,
            Clients = parsed.GetValue(_clients),
            Paths = parsed.GetValue(_paths),
            Services = parsed.GetValue(_services),
            ErrorShare = parsed.GetValue(_errorShare),
            InvalidShare = parsed.GetValue(_invalidShare),
            LinesPerSecond = parsed.GetValue(_rate),
            Files = parsed.GetValue(_files),
            Compress = parsed.GetValue(_compress),
            Latencies = [.. (parsed.GetValue(_latency) ?? []).Select(EndpointLatency.Parse)],
        };
    }

    static GenerationOutput Output(string? target, IObjectStore store, Stream stdout)
    {
        if (target is null or "-")
        {
            return GenerationOutput.ToStream(stdout);
        }

        if (ObjectAddress.IsAddress(target))
        {
            var address = ObjectAddress.Parse(target);
            return GenerationOutput.ToObjects(store, address.Bucket, address.Key);
        }

        return target.EndsWith('/') || Directory.Exists(target) ? GenerationOutput.ToDirectory(target) : GenerationOutput.ToFile(target);
    }
}
