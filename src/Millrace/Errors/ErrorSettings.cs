using System.Globalization;
using System.Text.Json;

namespace Millrace.Errors;

/// <summary>The section <c>errors</c> of the settings.</summary>
/// <param name="Rules">What users say of groups.</param>
/// <param name="Store">The error store of commands that name none, as it is written there; null where there is none.</param>
/// <param name="CountsClientErrors">True where statuses from 400 are errors too.</param>
/// <param name="DaysKept">For how many days errors stay in the store; null where that is not said.</param>
public sealed record ErrorSettings(ErrorRules Rules, string? Store, bool CountsClientErrors, int? DaysKept)
{
    static readonly string[] Known = ["rules", "store", "clientErrors", "keep"];

    /// <summary>What holds where there is no such section.</summary>
    public static ErrorSettings None { get; } = new(ErrorRules.None, null, false, null);

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
        var keep = Text(section, "keep", file, "\"90d\"");
        return new ErrorSettings(rules, Text(section, "store", file, "\"FILE\" or \"dynamodb:TABLE\""), Flag(section, "clientErrors", file), keep is null ? null : ParseDays(keep, $"'keep' in 'errors' in {file}"));
    }

    /// <summary>Reads for how long errors stay: days or weeks, such as <c>90d</c> and <c>12w</c>. Throws a <see cref="UserException"/> for what is neither.</summary>
    /// <param name="text">What was written.</param>
    /// <param name="name">Where, for messages.</param>
    public static int ParseDays(string text, string name)
    {
        var daysEach = text[^1..] switch { "d" => 1, "w" => 7, _ => 0 };
        return daysEach > 0 && int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and <= 10_000
            ? number * daysEach
            : throw new UserException($"'{text}' is no time to keep errors for ({name}). Expected days or weeks, such as 90d or 12w.", UserException.Usage);
    }

    static string? Text(JsonElement section, string name, string file, string expected) =>
        !section.TryGetProperty(name, out var value) ? null
        : value.ValueKind == JsonValueKind.String && value.GetString()!.Length > 0 ? value.GetString()
        : throw Wrong(file, $"'{name}' in 'errors' is not a text. Expected {expected}.");

    static bool Flag(JsonElement section, string name, string file) =>
        section.TryGetProperty(name, out var value)
        && (value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : throw Wrong(file, $"'{name}' in 'errors' is neither true nor false."));

    static UserException Wrong(string file, string what) => new($"{file}: {what}", UserException.Usage);
}
