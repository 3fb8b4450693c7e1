using System.Text.Json;

namespace Millrace.Errors;

/// <summary>
/// What users say of groups: <c>[{"group": "ID", "name": "…", "into": "ID", "mute": true, "note": "…"}]</c>. Kept in a file under version control.
/// </summary>
public sealed class ErrorRules
{
    static readonly string[] Keys = ["group", "name", "into", "mute", "note"];

    readonly Dictionary<string, ErrorRule> _rules = new(StringComparer.Ordinal);

    /// <summary>No rules.</summary>
    public static ErrorRules None { get; } = new();

    /// <summary>Reads the rules. Throws a <see cref="UserException"/> where they say what cannot be.</summary>
    /// <param name="list">What <c>rules</c> is in the section <c>errors</c>.</param>
    /// <param name="file">The file that it stands in, for messages.</param>
    public static ErrorRules Parse(JsonElement list, string file)
    {
        var rules = new ErrorRules();
        if (list.ValueKind != JsonValueKind.Array)
        {
            throw new UserException($"{file}: 'rules' in 'errors' is not an array. Expected [{{\"group\": \"ID\", \"name\": \"…\"}}].", UserException.Usage);
        }

        foreach (var rule in list.EnumerateArray())
        {
            if (rule.ValueKind != JsonValueKind.Object || rule.EnumerateObject().FirstOrDefault(one => !Keys.Contains(one.Name)) is { Value.ValueKind: not JsonValueKind.Undefined } || Text(rule, "group") is not { Length: > 0 } group)
            {
                throw new UserException($"{file}: a rule of 'errors' is not as expected. It names a group by its id, and has any of {string.Join(", ", Keys[1..])}.", UserException.Usage);
            }

            var isMuted = rule.TryGetProperty("mute", out var mute) && (mute.ValueKind is JsonValueKind.True or JsonValueKind.False ? mute.GetBoolean() : throw new UserException($"{file}: 'mute' of the group '{group}' is neither true nor false.", UserException.Usage));
            if (!rules._rules.TryAdd(group, new ErrorRule(Text(rule, "name"), Text(rule, "into"), isMuted, Text(rule, "note"))))
            {
                throw new UserException($"{file}: there are two rules for the group '{group}'.", UserException.Usage);
            }
        }

        return rules;
    }

    /// <summary>The group that errors of a group are counted in.</summary>
    internal string TargetOf(string group)
    {
        // Bounded, so that rules which lead in a circle end.
        for (var step = 0; step <= _rules.Count && _rules.GetValueOrDefault(group)?.Into is { } into; step++)
        {
            group = into;
        }

        return group;
    }

    internal ErrorRule? Find(string group) => _rules.GetValueOrDefault(group);

    static string? Text(JsonElement rule, string name) => rule.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}

/// <summary>One rule.</summary>
sealed record ErrorRule(string? Name, string? Into, bool IsMuted, string? Note);
