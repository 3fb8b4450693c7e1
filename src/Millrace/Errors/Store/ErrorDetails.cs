using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Millrace.Errors.Store;

/// <summary>What stores keep of a cell besides its numbers, as JSON: at most 400,000 bytes of it.</summary>
public static class ErrorDetails
{
    static readonly DetailsContext Json = new(new JsonSerializerOptions
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    });

    /// <summary>The JSON of a cell's details.</summary>
    public static string Write(ErrorCell cell) => JsonSerializer.Serialize(
        new Details(Kept(cell.Services), Kept(cell.Endpoints), Kept(cell.Hosts), Kept(cell.Callers), cell.Sample.Text, cell.Sample.File, cell.Sample.Line, ErrorTime.Micros(cell.Sample.Time)), Json.Details);

    /// <summary>A cell with its details. Throws a <see cref="JsonException"/> where the text is not of them.</summary>
    public static ErrorCell Read(string kind, long hour, long count, long first, long last, string json)
    {
        var details = JsonSerializer.Deserialize(json, Json.Details) ?? throw new JsonException("There are no details.");
        return new ErrorCell(kind, hour, count, first, last)
        {
            Services = details.Services ?? [],
            Endpoints = details.Endpoints ?? [],
            Hosts = details.Hosts ?? [],
            Callers = details.Callers ?? [],
            Sample = new ErrorSample(details.Text, details.File, details.Line, ErrorTime.Time(details.Time)),
        };
    }

    static Dictionary<string, long>? Kept(IReadOnlyDictionary<string, long> names) => names.Count == 0 ? null : new Dictionary<string, long>(names);
}

/// <summary>The details as JSON has them; the last four are of the sample.</summary>
sealed record Details(
    Dictionary<string, long>? Services, Dictionary<string, long>? Endpoints, Dictionary<string, long>? Hosts, Dictionary<string, long>? Callers, string Text, string File, long Line, long Time);

[JsonSerializable(typeof(Details))]
sealed partial class DetailsContext : JsonSerializerContext;
