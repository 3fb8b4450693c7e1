using System.Globalization;
using Millrace.App.Reading;
using Millrace.Queries.Conditions;
using Millrace.Reports;

namespace Millrace.App.Requests;

/// <summary>What requests can say, in the order in which a command that repeats them says it. Range and sources have places of their own.</summary>
static class RequestOptions
{
    static readonly RequestOption[] Common =
    [
        Text("lake", reading => reading.Lake, (reading, value) => reading with { Lake = value }),
        Text("at", reading => reading.At, (reading, value) => reading with { At = value }),
        new("where", OptionKind.Texts, request => [.. request.Where.Select(one => one.ToString())], (request, values) => request with { Where = [.. values.Select(Condition.Parse)] }),
        new("sort", OptionKind.Text, request => Some(request.Sort), (request, values) => request with { Sort = values[0] }),
        new("limit", OptionKind.Text, request => Some(request.Limit?.ToString(CultureInfo.InvariantCulture)), (request, values) => request with { Limit = LimitOf(values[0]) }),
        Text("tz", reading => reading.TimeZone, (reading, value) => reading with { TimeZone = value }),
        Text("format", reading => reading.Format, (reading, value) => reading with { Format = value }),
        Text("service", reading => reading.Service, (reading, value) => reading with { Service = value }),
        Text("caller", reading => reading.Caller, (reading, value) => reading with { Caller = value }),
        Texts("map", reading => reading.Mappings, (reading, values) => reading with { Mappings = values }),
        Texts("endpoint", reading => reading.Endpoints, (reading, values) => reading with { Endpoints = values }),
        Text("max-rejects", reading => reading.MaxRejects, (reading, value) => reading with { MaxRejects = value }),
        Text("s3-endpoint", reading => reading.S3.Endpoint, (reading, value) => reading with { S3 = reading.S3 with { Endpoint = value } }),
        Text("s3-region", reading => reading.S3.Region, (reading, value) => reading with { S3 = reading.S3 with { Region = value } }),
        new("s3-anonymous", OptionKind.Flag, request => Flag(request.Reading.S3.Anonymous),
            (request, values) => request with { Reading = request.Reading with { S3 = request.Reading.S3 with { Anonymous = values.Count > 0 } } }),
    ];

    static readonly RequestOption[] OfSearches =
    [
        OfSearch("not", OptionKind.Texts, search => search.Without, (search, values) => search with { Without = values }),
        OfSearch("regex", OptionKind.Flag, search => Flag(search.IsRegex), (search, values) => search with { IsRegex = values.Count > 0 }),
        OfSearch("ignore-case", OptionKind.Flag, search => Flag(search.IgnoresCase), (search, values) => search with { IgnoresCase = values.Count > 0 }),
    ];

    /// <summary>The short names of some, and the names that they are short for.</summary>
    static readonly Dictionary<string, string> Short = new() { ["f"] = "format", ["w"] = "where", ["i"] = "ignore-case" };

    /// <summary>The options of a request.</summary>
    public static IEnumerable<RequestOption> Of(RunRequest request) => request is ReportRequest { Report: var report }
        ? report.Parameters.Select(OfReport).Concat(Common)
        : OfSearches.Concat(Common);

    /// <summary>The option of a name, with or without dashes, long or short; null where the request has none of it.</summary>
    public static RequestOption? Find(RunRequest request, string name)
    {
        var bare = name.TrimStart('-');
        var whole = Short.GetValueOrDefault(bare, bare);
        return Of(request).FirstOrDefault(option => option.Name == whole);
    }

    static RequestOption OfReport(ReportParameter parameter) => new(
        parameter.Name,
        parameter.Kind switch { ParameterKind.Flag => OptionKind.Flag, ParameterKind.Text => OptionKind.Text, _ => OptionKind.OptionalText },
        request => Some(((ReportRequest)request).Parameters.GetValueOrDefault(parameter.Name)),
        (request, values) => request is not ReportRequest report ? request
            : report with { Parameters = new Dictionary<string, string>(report.Parameters) { [parameter.Name] = values.Count > 0 ? values[0] : "" } });

    static RequestOption OfSearch(string name, OptionKind kind, Func<SearchRequest, IReadOnlyList<string>> get, Func<SearchRequest, IReadOnlyList<string>, SearchRequest> with) =>
        new(name, kind, request => get((SearchRequest)request), (request, values) => with((SearchRequest)request, values));

    static RequestOption Text(string name, Func<ReadingRequest, string?> get, Func<ReadingRequest, string, ReadingRequest> with) =>
        new(name, OptionKind.Text, request => Some(get(request.Reading)), (request, values) => request with { Reading = with(request.Reading, values[0]) });

    static RequestOption Texts(string name, Func<ReadingRequest, IReadOnlyList<string>> get, Func<ReadingRequest, IReadOnlyList<string>, ReadingRequest> with) =>
        new(name, OptionKind.Texts, request => get(request.Reading), (request, values) => request with { Reading = with(request.Reading, values) });

    static int LimitOf(string text) => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var limit)
        ? limit
        : throw new UserException($"'{text}' cannot be used for --limit. Expected a number.", UserException.Usage);

    static IReadOnlyList<string> Some(string? value) => value is null ? [] : [value];

    static IReadOnlyList<string> Flag(bool isSet) => isSet ? [""] : [];
}
