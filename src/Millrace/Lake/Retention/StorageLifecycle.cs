using System.Text;
using System.Text.Json;

namespace Millrace.Lake.Retention;

/// <summary>The lifecycle by which S3 itself moves a lake's data files to colder storage classes, as <c>aws s3api put-bucket-lifecycle-configuration</c> takes it. The log stays where it is.</summary>
public static class StorageLifecycle
{
    /// <summary>The storage classes of S3 that files are read from at once. From GLACIER and DEEP_ARCHIVE they would have to be restored first, and the lake could not be read.</summary>
    static readonly string[] Classes = ["STANDARD_IA", "ONEZONE_IA", "INTELLIGENT_TIERING", "GLACIER_IR"];

    /// <summary>The document for the rules that move. Throws a <see cref="UserException"/> for what is no storage class.</summary>
    /// <param name="prefix">The lake's prefix in its bucket, empty or ending in <c>/</c>.</param>
    /// <param name="rules">The rules.</param>
    public static string Json(string prefix, IReadOnlyList<RetentionRule> rules)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteStartArray("Rules");
            foreach (var rule in rules.Where(rule => rule.MoveTo is not null))
            {
                if (!Classes.Contains(rule.MoveTo))
                {
                    throw new UserException($"'{rule.MoveTo}' is no storage class that a lake can be read from. Expected {string.Join(", ", Classes[..^1])} or {Classes[^1]} for 'moveTo' of a lake in a bucket.", UserException.Usage);
                }

                json.WriteStartObject();
                json.WriteString("ID", $"millrace-{rule.MoveTo!.ToLowerInvariant()}-after-{rule.AfterDays}-days");
                json.WriteString("Status", "Enabled");
                json.WriteStartObject("Filter");
                json.WriteString("Prefix", $"{prefix}{LakeTable.Folder}/{LakeSchema.Day}=");
                json.WriteEndObject();
                json.WriteStartArray("Transitions");
                json.WriteStartObject();
                json.WriteNumber("Days", rule.AfterDays);
                json.WriteString("StorageClass", rule.MoveTo);
                json.WriteEndObject();
                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}
