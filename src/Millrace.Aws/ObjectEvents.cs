using System.Globalization;
using System.Net;
using System.Text.Json;

namespace Millrace.Aws;

/// <summary>
/// Reads notifications of new objects as S3 sends them itself, as EventBridge does, and either of them as SNS wraps it. Notifications of something else about objects, such as that one was deleted, tell of none.
/// </summary>
public static class ObjectEvents
{
    /// <summary>The objects of a message; none where it tells of no new object. Throws a <see cref="FormatException"/> with the reason in a sentence where it is no notification.</summary>
    public static IReadOnlyList<ObjectEvent> Parse(string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return Parse(document.RootElement);
        }
        catch (JsonException e)
        {
            throw new FormatException("It is no JSON.", e);
        }
        catch (Exception e) when (e is KeyNotFoundException or InvalidOperationException)
        {
            throw new FormatException("It lacks what a notification of S3 has.", e);
        }
    }

    static IReadOnlyList<ObjectEvent> Parse(JsonElement root)
    {
        if (root.ValueKind == JsonValueKind.Object)
        {
            if (Text(root, "Type") == "Notification" && Text(root, "Message") is { } wrapped)
            {
                return Parse(wrapped);
            }

            if (root.TryGetProperty("Records", out var records))
            {
                return [.. records.EnumerateArray().Where(IsOfNewObject).Select(ToEvent)];
            }

            if (Text(root, "source") == "aws.s3" && Text(root, "detail-type") is { } kind)
            {
                return kind is "Object Created" or "Object Restore Completed" ? [ToBridgedEvent(root)] : [];
            }

            if (Text(root, "Event") == "s3:TestEvent")
            {
                return [];
            }
        }

        throw new FormatException("It is neither a notification of S3 nor an event of EventBridge.");
    }

    static bool IsOfNewObject(JsonElement record) => Text(record, "eventSource") is "aws:s3" or null
        ? Text(record, "eventName") is { } name
            ? name.Contains("ObjectCreated:", StringComparison.Ordinal) || name.Contains("ObjectRestore:Completed", StringComparison.Ordinal)
            : throw new FormatException("It has a record without a name of what happened.")
        : throw new FormatException("It tells of something else than S3.");

    // In notifications of S3 itself, keys are encoded as in a form.
    static ObjectEvent ToEvent(JsonElement record)
    {
        var (bucket, stored) = (record.GetProperty("s3").GetProperty("bucket"), record.GetProperty("s3").GetProperty("object"));
        return new ObjectEvent(Needed(bucket, "name"), WebUtility.UrlDecode(Needed(stored, "key")), Size(stored), Time(Text(record, "eventTime")));
    }

    static ObjectEvent ToBridgedEvent(JsonElement root)
    {
        var (bucket, stored) = (root.GetProperty("detail").GetProperty("bucket"), root.GetProperty("detail").GetProperty("object"));
        return new ObjectEvent(Needed(bucket, "name"), Needed(stored, "key"), Size(stored), Time(Text(root, "time")));
    }

    static string Needed(JsonElement element, string name) =>
        Text(element, name) is { Length: > 0 } text ? text : throw new FormatException($"It lacks the {name} of {(name == "key" ? "an object" : "a bucket")}.");

    static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    static long Size(JsonElement stored) => stored.TryGetProperty("size", out var size) && size.TryGetInt64(out var bytes) ? bytes : 0;

    static DateTimeOffset? Time(string? text) => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
}
