using System.CommandLine;
using Millrace.Aws;
using Millrace.Events;
using Millrace.Parsing;

namespace Millrace.Cli;

/// <summary>The options that every reading command has: range, format, names, S3, rejects.</summary>
sealed class ReadingOptions
{
    readonly Option<string?> _since = new("--since") { Description = "Earliest time: 24h, 1h30m, today, 10:00, 2026-11-22, 2026-11-22T10:00:00Z, or all" };
    readonly Option<string?> _until = new("--until") { Description = "Latest time, inclusive; a date means its end" };
    readonly Option<string?> _asOf = new("--as-of") { Description = "What is \"now\": the end of the range, and what 24h counts back from" };
    readonly Option<string> _timeZone = new("--tz") { Description = "Zone of stamps and dates without one", DefaultValueFactory = _ => "UTC" };
    readonly Option<string> _format = new("--format", "-f") { Description = "Format of the logs, such as combined or nginx:LAYOUT ('millrace formats list')", DefaultValueFactory = _ => LogFormats.Auto };
    readonly Option<string?> _service = new("--service") { Description = "Rule for the service: name:TEXT, file:{service}-{date}.txt, key:logs/{service}/{date}/, path:1, user, agent, host, field:NAME" };
    readonly Option<string?> _caller = new("--caller") { Description = "Rule for the caller, of the same kinds" };
    readonly Option<string[]> _map = new("--map") { Description = "Field of the log for an event column: --map service=kubernetes.labels.app" };
    readonly Option<string[]> _endpoint = new("--endpoint") { Description = "Template of paths, before the built-in ones: --endpoint /users/{name}" };
    readonly Option<string?> _rejects = new("--rejects") { Description = "Write lines that do not parse to this file (NDJSON: file, line, byte_offset, reason, position, raw)" };
    readonly Option<string?> _maxRejects = new("--max-rejects") { Description = "Fail when more than this share of lines does not parse: 1%, 0.01" };
    readonly Option<string?> _endpointUrl = new("--s3-endpoint") { Description = "URL of an S3 store other than AWS (also AWS_ENDPOINT_URL)" };
    readonly Option<string?> _region = new("--s3-region") { Description = "Region of the bucket" };
    readonly Option<bool> _anonymous = new("--s3-anonymous") { Description = "Do not sign requests, for public buckets" };
    readonly Option<int> _threads = new("--threads") { Description = "Threads that work; 0 is one a processor" };
    readonly Option<bool> _ordered = new("--ordered") { Description = "Keep the order of files and lines, on one thread" };
    readonly Option<bool> _verbose = new("--verbose", "-v") { Description = "Say what is read, how, and what was left out" };

    readonly LakeOptions _lake = new();
    readonly ConfigOption _config = new();

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        Option[] all = [_since, _until, _asOf, _timeZone, _format, _service, _caller, _map, _endpoint, _rejects, _maxRejects, _endpointUrl, _region, _anonymous, _threads, _ordered, _verbose];
        foreach (var option in all)
        {
            command.Options.Add(option);
        }

        _lake.AddTo(command);
        _config.AddTo(command);
    }

    /// <summary>All that the file of settings says.</summary>
    public Settings ReadSettings(ParseResult parsed) => _config.ReadSettings(parsed);

    /// <summary>True where the command line itself names a lake.</summary>
    public bool NamesLake(ParseResult parsed) => _lake.IsNamed(parsed);

    /// <summary>What the command line says. Throws a <see cref="UserException"/> for values that cannot be.</summary>
    public Reading Read(ParseResult parsed, CommandConsole console)
    {
        var zone = TimeZones.Find(parsed.GetValue(_timeZone)!);
        var clock = TimeProvider.System.GetUtcNow();
        var asOf = parsed.GetValue(_asOf) is { } text ? InstantText.Parse(text, "--as-of", zone, clock, isEnd: true) : (DateTimeOffset?)null;
        var now = asOf ?? clock;
        var range = RangeText.Parse(parsed.GetValue(_since), parsed.GetValue(_until), zone, now, end: asOf);
        var settings = _config.ReadSettings(parsed);
        var formats = settings.Formats;
        return new Reading
        {
            Since = range.Since,
            Until = range.Until,
            IsAll = range.IsAll,
            AsOf = now,
            TimeZone = zone,
            Formats = formats,
            Format = CheckFormat(parsed.GetValue(_format)!, formats),
            Rules = new NamingRules
            {
                Service = parsed.GetValue(_service) is { } service ? ServiceRule.Parse(service) : null,
                Caller = parsed.GetValue(_caller) is { } caller ? ServiceRule.Parse(caller) : null,
                Endpoints = EndpointRules.Parse(parsed.GetValue(_endpoint) ?? []),
            },
            Mapping = ReadMappings(parsed.GetValue(_map) ?? []),
            RejectsPath = parsed.GetValue(_rejects),
            MaxRejects = parsed.GetValue(_maxRejects) is { } share ? ReadShare(share) : null,
            S3 = new S3Options { Endpoint = parsed.GetValue(_endpointUrl), Region = parsed.GetValue(_region), Anonymous = parsed.GetValue(_anonymous) },
            Threads = parsed.GetValue(_threads) is >= 0 and var threads ? threads : throw new UserException("--threads cannot be negative. Expected 0, one a processor, or a number.", UserException.Usage),
            IsOrdered = parsed.GetValue(_ordered),
            IsVerbose = parsed.GetValue(_verbose),
            Lake = _lake.Read(parsed, settings),
            Database = console.Database,
            Stop = console.Stop,
        };
    }

    static string CheckFormat(string format, FormatTable formats)
    {
        var (name, _) = LogFormats.Parse(format);
        if (name != LogFormats.Auto)
        {
            formats.Find(name);
        }

        return format;
    }

    static Dictionary<EventColumn, string> ReadMappings(IEnumerable<string> texts)
    {
        var mappings = new Dictionary<EventColumn, string>();
        foreach (var text in texts)
        {
            var parts = text.Split('=', 2);
            if (parts.Length < 2 || parts[1].Length == 0 || !EventColumns.TryFind(parts[0], out var column))
            {
                throw new UserException($"'{text}' is no mapping. Expected EVENT_COLUMN=FIELD, such as service=kubernetes.labels.app.", UserException.Usage);
            }

            if (!mappings.TryAdd(column, parts[1]))
            {
                throw new UserException($"--map names a field for '{column.Name()}' more than once.", UserException.Usage);
            }
        }

        return mappings;
    }

    static double ReadShare(string text)
    {
        var isPercent = text.EndsWith('%');
        return double.TryParse(isPercent ? text[..^1] : text, System.Globalization.CultureInfo.InvariantCulture, out var value) && value >= 0
            ? isPercent ? value / 100 : value
            : throw new UserException($"'{text}' is not a share for --max-rejects. Expected something like 1% or 0.01.", UserException.Usage);
    }
}
