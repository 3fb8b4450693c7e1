using System.Globalization;
using Millrace.Aws;
using Millrace.Events;
using Millrace.Parsing;
using Millrace.Queries;
using Millrace.Queries.Scanning;
using Millrace.Sources;

namespace Millrace.App.Reading;

/// <summary>How a reading goes: which sources or which lake, in which range, by which rules.</summary>
public sealed record ReadingPlan
{
    ReadingPlan()
    {
    }

    /// <summary>The sources; empty where a lake is read.</summary>
    public required IReadOnlyList<string> Sources { get; init; }

    /// <summary>The lake that the request or the settings name; null where neither does. Sources go before it.</summary>
    public LakeChoice? Lake { get; init; }

    /// <summary>The first instant; null for no bound.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>The last instant; null for no bound.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>True where the request names a range or a "now".</summary>
    public bool NamesRange { get; init; }

    /// <summary>True where the request wants everything, whenever it was.</summary>
    public bool TakesAll { get; init; }

    /// <summary>What is "now".</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>The zone of stamps and dates that name none.</summary>
    public required TimeZoneInfo TimeZone { get; init; }

    /// <summary>The formats that there are.</summary>
    public required FormatTable Formats { get; init; }

    /// <summary>The format that is named, or <see cref="LogFormats.Auto"/>.</summary>
    public required string Format { get; init; }

    /// <summary>How services, callers and endpoints are named.</summary>
    public required NamingRules Rules { get; init; }

    /// <summary>Which field of the log gives an event column.</summary>
    public required IReadOnlyDictionary<EventColumn, string> Mapping { get; init; }

    /// <summary>The file that rejects are written to.</summary>
    public string? RejectsPath { get; init; }

    /// <summary>The share of rejects that is borne; null for any.</summary>
    public double? MaxRejects { get; init; }

    /// <summary>How <c>s3://</c> is reached.</summary>
    public required S3Options S3 { get; init; }

    /// <summary>How many threads work; 0 for one a processor.</summary>
    public int Threads { get; init; }

    /// <summary>True to keep the order of files and lines.</summary>
    public bool IsOrdered { get; init; }

    /// <summary>The sources or the lake, as a person would name them.</summary>
    public IReadOnlyList<string> Names => Sources.Count > 0 ? Sources : Lake is { } lake ? [lake.Path] : [];

    /// <summary>True where logs are read from standard input, which can be read once.</summary>
    public bool ReadsInput => Sources.Contains("-");

    /// <summary>The plan of a request.</summary>
    internal static ReadingPlan Of(ReadingRequest request, Settings settings, TimeProvider clock)
    {
        var zone = TimeZones.Find(request.TimeZone ?? "UTC");
        var now = clock.GetUtcNow();
        var asOf = request.AsOf is { } text ? InstantText.Parse(text, "--as-of", zone, now, isEnd: true) : (DateTimeOffset?)null;
        var range = RangeText.Parse(request.Since, request.Until, zone, asOf ?? now, end: asOf);
        return new ReadingPlan
        {
            Sources = request.Sources,
            Lake = LakeOf(request, settings),
            Since = range.Since,
            Until = range.Until,
            NamesRange = request.Since is not null || request.Until is not null || asOf is not null,
            TakesAll = range.IsAll,
            AsOf = asOf ?? now,
            TimeZone = zone,
            Formats = settings.Formats,
            Format = FormatOf(request.Format ?? LogFormats.Auto, settings.Formats),
            Rules = new NamingRules
            {
                Service = request.Service is { } service ? ServiceRule.Parse(service) : null,
                Caller = request.Caller is { } caller ? ServiceRule.Parse(caller) : null,
                Endpoints = EndpointRules.Parse(request.Endpoints),
            },
            Mapping = MappingOf(request.Mappings),
            RejectsPath = request.Rejects,
            MaxRejects = request.MaxRejects is { } share ? ShareOf(share) : null,
            S3 = request.S3,
            Threads = request.Threads >= 0 ? request.Threads : throw Usage("--threads cannot be negative. Expected 0, one a processor, or a number."),
            IsOrdered = request.IsOrdered,
        };
    }

    /// <summary>The same, with a range where none is named: so long before its end, or before now.</summary>
    internal ReadingPlan Within(TimeSpan length) => TakesAll ? this : this with { Since = Since ?? (Until ?? AsOf) - length, Until = Until ?? AsOf };

    /// <summary>How a session reads so.</summary>
    internal QueryOptions Options(SourceResolver sources, IRejectWriter? rejects, RunListener listener, CancellationToken cancellationToken) => new()
    {
        Sources = sources,
        Formats = Formats,
        Format = Format,
        Since = Since,
        Until = Until,
        AsOf = AsOf,
        TimeZone = TimeZone,
        Rules = Rules,
        Mapping = Mapping,
        Rejects = rejects,
        Threads = Threads,
        IsOrdered = IsOrdered,
        Warn = listener.Say,
        Tell = listener.Tell,
        Explain = Lake is null ? static message => message : Millrace.Lake.LakeErrors.Explain,
        CancellationToken = cancellationToken,
    };

    static LakeChoice? LakeOf(ReadingRequest request, Settings settings)
    {
        if (request.Lake is not null && request.Sources.Count > 0)
        {
            throw Usage("A lake takes the place of sources: name sources or --lake, not both.");
        }

        if (request.At is not null && request.Sources.Count > 0)
        {
            throw Usage("--at names a version of a lake, and sources have none. Name the lake with --lake, or leave --at out.");
        }

        return request.Lake is { } named ? new LakeChoice(named, request.At, IsNamed: true)
            : request.Sources.Count == 0 && settings.Lake is { } path ? new LakeChoice(path, request.At, IsNamed: request.At is not null)
            : request.At is null ? null
            : throw Usage("--at names a version of a lake, and there is no lake. Name one with --lake.");
    }

    static string FormatOf(string format, FormatTable formats)
    {
        var (name, _) = LogFormats.Parse(format);
        if (name != LogFormats.Auto)
        {
            formats.Find(name);
        }

        return format;
    }

    static Dictionary<EventColumn, string> MappingOf(IEnumerable<string> texts)
    {
        var mappings = new Dictionary<EventColumn, string>();
        foreach (var text in texts)
        {
            var parts = text.Split('=', 2);
            if (parts.Length < 2 || parts[1].Length == 0 || !EventColumns.TryFind(parts[0], out var column))
            {
                throw Usage($"'{text}' is not a mapping. Expected EVENT_COLUMN=FIELD, such as service=kubernetes.labels.app.");
            }

            if (!mappings.TryAdd(column, parts[1]))
            {
                throw Usage($"--map names a field for '{column.Name()}' more than once.");
            }
        }

        return mappings;
    }

    static double ShareOf(string text)
    {
        var isPercent = text.EndsWith('%');
        return double.TryParse(isPercent ? text[..^1] : text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value >= 0
            ? isPercent ? value / 100 : value
            : throw Usage($"'{text}' is not a share for --max-rejects. Expected something like 1% or 0.01.");
    }

    static UserException Usage(string sentence) => new(sentence, UserException.Usage);
}
