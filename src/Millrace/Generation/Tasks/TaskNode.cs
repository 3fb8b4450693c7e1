using System.Globalization;
using System.Text.Json;

namespace Millrace.Generation.Tasks;

/// <summary>An object of a task file that knows where it is, so that every complaint names the place.</summary>
/// <param name="Element">The object.</param>
/// <param name="File">The task's name.</param>
/// <param name="Path">The way from the root, as <c>services[0].</c>; empty at the root.</param>
readonly record struct TaskNode(JsonElement Element, string File, string Path)
{
    public UserException Wrong(string field, string complaint) => new($"The task {File}: {Path}{field} {complaint}.");

    public string Text(string field) =>
        Required(field, JsonValueKind.String, "a text").GetString()!;

    /// <summary>A text that becomes part of a file's name.</summary>
    public string FileName(string field) => CheckedFileName(field, Text(field));

    public long Whole(string field, long low, long high)
    {
        var element = Required(field, JsonValueKind.Number, "a whole number");
        return element.TryGetInt64(out var value) && value >= low && value <= high
            ? value
            : throw Wrong(field, $"is {element.GetRawText()}; expected a whole number from {low} to {high}");
    }

    public long? OptionalWhole(string field) =>
        Element.TryGetProperty(field, out var found) && found.ValueKind != JsonValueKind.Null ? Whole(field, long.MinValue, long.MaxValue) : null;

    public double Number(string field)
    {
        var value = Required(field, JsonValueKind.Number, "a number").GetDouble();
        return double.IsFinite(value) ? value : throw Wrong(field, "is too large");
    }

    public DateTimeOffset Instant(string field)
    {
        var text = Text(field);
        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, Utc, out var value)
            ? value
            : throw Wrong(field, $"is '{text}'; expected an instant such as 2022-09-15T13:43:01.005Z");
    }

    public TaskNode Object(string field) => new(Required(field, JsonValueKind.Object, "an object"), File, $"{Path}{field}.");

    public IEnumerable<TaskNode> Objects(string field)
    {
        var index = 0;
        foreach (var item in Required(field, JsonValueKind.Array, "a list").EnumerateArray())
        {
            var place = $"{field}[{index++}]";
            yield return item.ValueKind == JsonValueKind.Object
                ? this with { Element = item, Path = $"{Path}{place}." }
                : throw Wrong(place, Met(item, "an object"));
        }
    }

    /// <summary>The members of an object, each an object too, in the order of the file.</summary>
    public IEnumerable<(string Name, TaskNode Node)> Members()
    {
        foreach (var member in Element.EnumerateObject())
        {
            yield return member.Value.ValueKind == JsonValueKind.Object
                ? (member.Name, this with { Element = member.Value, Path = $"{Path}{member.Name}." })
                : throw Wrong(member.Name, Met(member.Value, "an object"));
        }
    }

    public string CheckedFileName(string field, string name) =>
        name.Length > 0 && name is not ("." or "..") && name.AsSpan().IndexOfAny('/', '\\', '\0') < 0
            ? name
            : throw Wrong(field, $"is '{name}'; expected a name that a file can have");

    static string Met(JsonElement met, string expected) => $"is {Kind(met)}; expected {expected}";

    static string Kind(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null => "null",
        _ => "true or false",
    };

    JsonElement Required(string field, JsonValueKind kind, string expected)
    {
        if (Element.ValueKind != JsonValueKind.Object)
        {
            throw new UserException($"The task {File} is {Kind(Element)}; expected an object with an @type.");
        }

        if (!Element.TryGetProperty(field, out var found))
        {
            throw Wrong(field, $"is missing; expected {expected}");
        }

        return found.ValueKind == kind ? found : throw Wrong(field, Met(found, expected));
    }
}
