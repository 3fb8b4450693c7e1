using System.Text.Json;
using Millrace.Events;

namespace Millrace.Lake.Retention;

/// <summary>Reads <c>retain</c> in the section <c>lake</c> of the settings.</summary>
public static class RetentionSettings
{
    const string Expected = """Expected {"service": "order-*", "afterDays": 30} with one of "delete": true, "dropColumns": ["raw"] and "moveTo": "DIRECTORY".""";

    static readonly string[] Known = ["service", "afterDays", "delete", "dropColumns", "moveTo"];

    /// <summary>What reports, pruning and the record of sources live by stays.</summary>
    static readonly EventColumn[] Kept =
    [
        EventColumn.Timestamp, EventColumn.Service, EventColumn.Caller, EventColumn.Method, EventColumn.Endpoint, EventColumn.Status, EventColumn.Bytes, EventColumn.DurationUs, EventColumn.File, EventColumn.Line,
    ];

    /// <summary>The columns that a rule may drop.</summary>
    public static IReadOnlyList<string> Droppable { get; } = [.. Enum.GetValues<EventColumn>().Except(Kept).Select(column => column.Name())];

    /// <summary>Reads the rules. Throws a <see cref="UserException"/> for what is missing, unknown or cannot be.</summary>
    /// <param name="rules">The array of rules.</param>
    /// <param name="path">The file that it stands in, for messages.</param>
    public static IReadOnlyList<RetentionRule> Parse(JsonElement rules, string path) => rules.ValueKind == JsonValueKind.Array
        ? [.. rules.EnumerateArray().Select((rule, index) => ReadRule(rule, $"{path}: rule {index + 1} of 'lake.retain'"))]
        : throw new UserException($"{path}: 'lake.retain' is not an array of rules. {Expected}", UserException.Usage);

    static RetentionRule ReadRule(JsonElement rule, string where)
    {
        UserException Wrong(string what) => new($"{where} {what}", UserException.Usage);
        if (rule.ValueKind != JsonValueKind.Object)
        {
            throw Wrong($"is not an object. {Expected}");
        }

        if (rule.EnumerateObject().Select(member => member.Name).FirstOrDefault(name => !Known.Contains(name)) is { } unknown)
        {
            throw Wrong($"has no setting '{unknown}'. Expected {string.Join(", ", Known[..^1])} or {Known[^1]}.");
        }

        string? Text(string name) => !rule.TryGetProperty(name, out var value) ? null
            : value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : throw Wrong($"has a '{name}' that is not a text. {Expected}");
        var days = rule.TryGetProperty("afterDays", out var after) && after.ValueKind == JsonValueKind.Number && after.TryGetInt32(out var number) && number >= 0
            ? number : throw Wrong($"does not say after how many whole days it holds. {Expected}");
        var deletes = rule.TryGetProperty("delete", out var delete);
        if (deletes && delete.ValueKind != JsonValueKind.True)
        {
            throw Wrong("has a 'delete' that is not true. Leave it out where nothing is to be deleted.");
        }

        var drops = rule.TryGetProperty("dropColumns", out var columns);
        var moveTo = Text("moveTo");
        if ((deletes ? 1 : 0) + (drops ? 1 : 0) + (moveTo is null ? 0 : 1) != 1)
        {
            throw Wrong($"does not say one thing to do. {Expected}");
        }

        var service = Text("service") ?? throw Wrong($"does not say for which service it is. Expected a name, a pattern such as order-*, or * for all.");
        return moveTo is not null && service != RetentionRule.All
            ? throw Wrong("moves files of single services. Files may hold several: 'moveTo' is for '*' alone.")
            : new RetentionRule(service, days) { Deletes = deletes, DropColumns = drops ? ColumnsOf(columns, Wrong) : [], MoveTo = moveTo };
    }

    static string[] ColumnsOf(JsonElement columns, Func<string, UserException> wrong)
    {
        if (columns.ValueKind != JsonValueKind.Array || columns.GetArrayLength() == 0 || columns.EnumerateArray().Any(one => one.ValueKind != JsonValueKind.String))
        {
            throw wrong("has 'dropColumns' that are not an array of names.");
        }

        string[] names = [.. columns.EnumerateArray().Select(one => one.GetString()!).Distinct().Order(StringComparer.Ordinal)];
        return names.FirstOrDefault(name => !Droppable.Contains(name)) is { } kept
            ? throw wrong($"drops '{kept}', which cannot be. Columns that can: {string.Join(", ", Droppable)}.")
            : names;
    }
}
