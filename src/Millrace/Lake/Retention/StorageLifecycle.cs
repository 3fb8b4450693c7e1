using System.Text;
using System.Text.Json;

namespace Millrace.Lake.Retention;

/// <summary>
/// The lifecycle by which S3 itself moves a lake's data files to colder storage classes: as a document that <c>aws s3api put-bucket-lifecycle-configuration</c> takes, and as rules. The log stays where it is.
/// </summary>
public static class StorageLifecycle
{
    /// <summary>What the names of all rules of Millrace begin with.</summary>
    const string IdPrefix = "millrace-";

    /// <summary>The storage classes of S3 that files are read from at once. From GLACIER and DEEP_ARCHIVE they would have to be restored first, and the lake could not be read.</summary>
    static readonly string[] Classes = ["STANDARD_IA", "ONEZONE_IA", "INTELLIGENT_TIERING", "GLACIER_IR"];

    /// <summary>The rules that move. Throws a <see cref="UserException"/> for what is no storage class.</summary>
    /// <param name="prefix">The lake's prefix in its bucket, empty or ending in <c>/</c>.</param>
    /// <param name="rules">The rules of the lake.</param>
    public static IReadOnlyList<StorageTransition> Of(string prefix, IReadOnlyList<RetentionRule> rules) =>
        [.. rules.Where(rule => rule.MoveTo is not null).Select(rule => Transition(prefix, rule.MoveTo!, rule.AfterDays))];

    /// <summary>The document for the rules that move.</summary>
    /// <param name="prefix">The lake's prefix in its bucket, empty or ending in <c>/</c>.</param>
    /// <param name="rules">The rules of the lake.</param>
    public static string Json(string prefix, IReadOnlyList<RetentionRule> rules)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteStartArray("Rules");
            foreach (var rule in Of(prefix, rules))
            {
                json.WriteStartObject();
                json.WriteString("ID", rule.Id);
                json.WriteString("Status", "Enabled");
                json.WriteStartObject("Filter");
                json.WriteString("Prefix", rule.Prefix);
                json.WriteEndObject();
                json.WriteStartArray("Transitions");
                json.WriteStartObject();
                json.WriteNumber("Days", rule.Days);
                json.WriteString("StorageClass", rule.StorageClass);
                json.WriteEndObject();
                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    /// <summary>True for a rule that Millrace has made for the lake, which a new set of rules takes the place of.</summary>
    /// <param name="prefix">The lake's prefix in its bucket, empty or ending in <c>/</c>.</param>
    /// <param name="id">The rule's name.</param>
    /// <param name="rulePrefix">What keys must begin with for the rule to hold; null where it says otherwise.</param>
    public static bool IsOurs(string prefix, string? id, string? rulePrefix) => id?.StartsWith(IdPrefix, StringComparison.Ordinal) is true && rulePrefix == DaysOf(prefix);

    static StorageTransition Transition(string prefix, string storageClass, int days) => Classes.Contains(storageClass)
        ? new StorageTransition($"{IdPrefix}{(prefix.Length > 0 ? $"{prefix.TrimEnd('/')}-" : "")}{storageClass.ToLowerInvariant()}-after-{days}-days", DaysOf(prefix), days, storageClass)
        : throw new UserException($"'{storageClass}' is no storage class that a lake can be read from. Expected {string.Join(", ", Classes[..^1])} or {Classes[^1]} for 'moveTo' of a lake in a bucket.", UserException.Usage);

    static string DaysOf(string prefix) => $"{prefix}{LakeTable.Folder}/{LakeSchema.Day}=";
}
