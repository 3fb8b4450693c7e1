using System.Text.Json;

namespace Millrace.Errors;

/// <summary>The section <c>errors</c> of the settings.</summary>
/// <param name="Rules">What users say of groups.</param>
/// <param name="Store">The error store of commands that name none, as it is written there; null where there is none.</param>
/// <param name="CountsClientErrors">True where statuses from 400 are errors too.</param>
public sealed record ErrorSettings(ErrorRules Rules, string? Store, bool CountsClientErrors)
{
    static readonly string[] Known = ["rules", "store", "clientErrors"];

    /// <summary>What holds where there is no such section.</summary>
    public static ErrorSettings None { get; } = new(ErrorRules.None, null, false);

    /// <summary>Reads the section. Throws a <see cref="UserException"/> for what is unknown or cannot be.</summary>
    /// <param name="section">The section.</param>
    /// <param name="file">The file that it stands in, for messages.</param>
    public static ErrorSettings Parse(JsonElement section, string file)
    {
        if (section.ValueKind != JsonValueKind.Object)
        {
            throw Wrong(file, "'errors' is not an object. Expected {\"store\": \"FILE or dynamodb:TABLE\", \"rules\": [{\"group\": \"ID\", \"name\": \"…\"}]}.");
        }

        foreach (var unknown in section.EnumerateObject().Where(setting => !Known.Contains(setting.Name)))
        {
            throw Wrong(file, $"'errors' has no setting '{unknown.Name}'. Expected {string.Join(", ", Known[..^1])} or {Known[^1]}.");
        }

        var rules = section.TryGetProperty("rules", out var list) ? ErrorRules.Parse(list, file) : ErrorRules.None;
        return new ErrorSettings(rules, Text(section, "store", file), Flag(section, "clientErrors", file));
    }

    static string? Text(JsonElement section, string name, string file) =>
        !section.TryGetProperty(name, out var value) ? null
        : value.ValueKind == JsonValueKind.String && value.GetString()!.Length > 0 ? value.GetString()
        : throw Wrong(file, $"'{name}' in 'errors' is not a text. Expected \"FILE\" or \"dynamodb:TABLE\".");

    static bool Flag(JsonElement section, string name, string file) =>
        section.TryGetProperty(name, out var value)
        && (value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : throw Wrong(file, $"'{name}' in 'errors' is neither true nor false."));

    static UserException Wrong(string file, string what) => new($"{file}: {what}", UserException.Usage);
}
