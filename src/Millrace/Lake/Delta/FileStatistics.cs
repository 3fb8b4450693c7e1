using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Millrace.Lake.Delta;

/// <summary>A file's statistics, as Delta keeps them in an add action: the number of its events, and the range of times and services, by which readers leave files out.</summary>
static class FileStatistics
{
    const string Timestamp = "timestamp";
    const string Service = "service";
    const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";

    public static string Write(LakeFile file)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteNumber("numRecords", file.Events);
            WriteValues(json, "minValues", file.First, file.Services?.Least);
            WriteValues(json, "maxValues", file.Last, file.Services?.Greatest);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    public static LakeFile Read(LakeFile file, ReadOnlyMemory<byte> stats)
    {
        using var document = JsonDocument.Parse(stats);
        var root = document.RootElement;
        var (first, least) = Values(root, "minValues");
        var (last, greatest) = Values(root, "maxValues");
        return file with
        {
            Events = root.TryGetProperty("numRecords", out var records) ? records.GetInt64() : 0,
            First = first,
            Last = last,
            Services = least is not null && greatest is not null ? (least, greatest) : null,
        };
    }

    static void WriteValues(Utf8JsonWriter json, string name, DateTimeOffset? time, string? service)
    {
        json.WriteStartObject(name);
        if (time is { } known)
        {
            json.WriteString(Timestamp, known.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture));
        }

        if (service is not null)
        {
            json.WriteString(Service, service);
        }

        json.WriteEndObject();
    }

    /// <summary>As we write it, which is read the sooner, or as others do.</summary>
    static DateTimeOffset Time(string written) => DateTimeOffset.TryParseExact(written, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
        ? time
        : DateTimeOffset.Parse(written, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    static (DateTimeOffset? Time, string? Service) Values(JsonElement root, string name)
    {
        if (!root.TryGetProperty(name, out var values))
        {
            return (null, null);
        }

        var time = values.TryGetProperty(Timestamp, out var text) && text.GetString() is { } written
            ? Time(written)
            : (DateTimeOffset?)null;
        return (time, values.TryGetProperty(Service, out var service) ? service.GetString() : null);
    }
}
