using System.CommandLine;
using Millrace.App;
using Millrace.App.Reading;
using Millrace.Aws;

namespace Millrace.Cli.Options;

/// <summary>The options about reading: range, format, names, lake, rejects, S3.</summary>
/// <param name="parts">Those that the command takes.</param>
sealed class ReadingOptions(ReadingParts parts)
{
    readonly Option<string?> _since = new("--since") { Description = "First time: 24h, 1h30m, today, yesterday, 10:00, 2026-11-22, 2026-11-22T10:00:00Z, or all" };
    readonly Option<string?> _until = new("--until") { Description = "Last time, inclusive, written likewise; a date means its end" };
    readonly Option<string?> _asOf = new("--as-of") { Description = "What is \"now\": the end of the range, and what 24h counts back from" };
    readonly Option<string?> _timeZone = new("--tz") { Description = "Zone of stamps and dates without one [default: UTC]" };
    readonly Option<string?> _format = new("--format", "-f") { Description = "Format of the logs, such as combined or nginx:LAYOUT ('millrace formats list') [default: auto]" };
    readonly Option<string?> _service = new("--service") { Description = "Rule for the service: name:TEXT, file:{service}-{date}.txt, key:logs/{service}/{date}/, path:1, user, agent, host, field:NAME" };
    readonly Option<string?> _caller = new("--caller") { Description = "Rule for the caller, of the same kinds" };
    readonly Option<string[]> _map = new("--map") { Description = "Field of the log for an event column: --map service=kubernetes.labels.app" };
    readonly Option<string[]> _endpoint = new("--endpoint") { Description = "Template of paths, before the built-in ones: --endpoint /users/{name}" };
    readonly Option<string?> _lake = new("--lake") { Description = "Directory or s3://bucket/prefix of a lake [default: lake.path in millrace.json]" };
    readonly Option<string?> _at = new("--at") { Description = "The lake as of a version or a time: 12, 2026-11-22T10:00:00Z" };
    readonly Option<string?> _rejects = new("--rejects") { Description = "Write lines that do not parse to this file (NDJSON: file, line, byte_offset, reason, position, raw)" };
    readonly Option<string?> _maxRejects = new("--max-rejects") { Description = "Fail when more than this share of lines does not parse: 1%, 0.01" };
    readonly Option<string?> _endpointUrl = new("--s3-endpoint") { Description = "URL of an S3 store other than AWS (also AWS_ENDPOINT_URL)" };
    readonly Option<string?> _region = new("--s3-region") { Description = "Region of the bucket" };
    readonly Option<bool> _anonymous = new("--s3-anonymous") { Description = "Do not sign requests, for public buckets" };
    readonly Option<int> _threads = new("--threads") { Description = "Threads that work [default: one a processor]" };
    readonly Option<bool> _ordered = new("--ordered") { Description = "Keep the order of files and lines, on one thread" };
    readonly Option<bool> _verbose = new("--verbose", "-v") { Description = "Say what is read, how, and what was left out" };
    readonly ConfigOption _config = new();

    /// <summary>Adds those of the options that are used often, which help shows first.</summary>
    public void AddFirstTo(Command command)
    {
        Add(command, ReadingParts.Range, _since, _until);
        Add(command, ReadingParts.Clock, _asOf);
        Add(command, ReadingParts.Lake, _lake);
        Add(command, ReadingParts.Version, _at);
    }

    /// <summary>Adds the others.</summary>
    public void AddRestTo(Command command)
    {
        Add(command, ReadingParts.Format, _format);
        Add(command, ReadingParts.Names, _service, _caller, _endpoint);
        Add(command, ReadingParts.Format, _map, _timeZone);
        Add(command, ReadingParts.Rejects, _rejects);
        Add(command, ReadingParts.MaxRejects, _maxRejects);
        Add(command, ReadingParts.Objects, _endpointUrl, _region, _anonymous);
        Add(command, ReadingParts.Order, _ordered);
        Add(command, ReadingParts.Threads, _threads);
        Add(command, ReadingParts.Details, _verbose);
        _config.AddTo(command);
    }

    /// <summary>Adds them all.</summary>
    public void AddTo(Command command)
    {
        AddFirstTo(command);
        AddRestTo(command);
    }

    /// <summary>The settings. Throws a <see cref="UserException"/> where they cannot be read or used.</summary>
    public Settings Settings(ParseResult parsed) => _config.Read(parsed);

    /// <summary>True where details are wanted.</summary>
    public bool IsVerbose(ParseResult parsed) => Value(parsed, ReadingParts.Details, _verbose);

    /// <summary>The lake that the command line names; null for none.</summary>
    public string? Lake(ParseResult parsed) => Value(parsed, ReadingParts.Lake, _lake);

    /// <summary>What the command line says about reading.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="sources">The sources that it names.</param>
    public ReadingRequest Read(ParseResult parsed, IReadOnlyList<string>? sources = null)
    {
        var request = new ReadingRequest
        {
            Sources = sources ?? [],
            Lake = Lake(parsed),
            At = Value(parsed, ReadingParts.Version, _at),
            Since = Value(parsed, ReadingParts.Range, _since),
            Until = Value(parsed, ReadingParts.Range, _until),
            AsOf = Value(parsed, ReadingParts.Clock, _asOf),
            TimeZone = Value(parsed, ReadingParts.Format, _timeZone),
            Format = Value(parsed, ReadingParts.Format, _format),
            Service = Value(parsed, ReadingParts.Names, _service),
            Caller = Value(parsed, ReadingParts.Names, _caller),
            Mappings = Value(parsed, ReadingParts.Format, _map) ?? [],
            Endpoints = Value(parsed, ReadingParts.Names, _endpoint) ?? [],
            Rejects = Value(parsed, ReadingParts.Rejects, _rejects),
            MaxRejects = Value(parsed, ReadingParts.MaxRejects, _maxRejects),
            S3 = new S3Options
            {
                Endpoint = Value(parsed, ReadingParts.Objects, _endpointUrl),
                Region = Value(parsed, ReadingParts.Objects, _region),
                Anonymous = Value(parsed, ReadingParts.Objects, _anonymous),
            },
            Threads = Value(parsed, ReadingParts.Threads, _threads),
            IsOrdered = Value(parsed, ReadingParts.Order, _ordered),
        };
        return request;
    }

    /// <summary>The first option on the command line that says how raw logs are read, which a lake does not ask; null where there is none.</summary>
    public string? OptionOfLogs(ParseResult parsed) =>
        new Option[] { _format, _service, _caller, _map, _endpoint, _rejects, _maxRejects }.FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false })?.Name;

    void Add(Command command, ReadingParts part, params ReadOnlySpan<Option> options)
    {
        if (parts.HasFlag(part))
        {
            foreach (var option in options)
            {
                command.Options.Add(option);
            }
        }
    }

    T? Value<T>(ParseResult parsed, ReadingParts part, Option<T> option) => parts.HasFlag(part) ? parsed.GetValue(option) : default;
}
