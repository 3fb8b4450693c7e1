using Millrace.Parsing;

namespace Millrace.Queries.Dialects;

/// <summary>The keys of JSON objects that fields come from, as a tree of structs whose leaves are text.</summary>
sealed class JsonSchema
{
    readonly Dictionary<string, JsonSchema> _keys = [];

    /// <summary>The tree of all paths.</summary>
    public static JsonSchema Of(IEnumerable<RawField> fields)
    {
        var root = new JsonSchema();
        foreach (var path in fields.Select(field => field.Path))
        {
            path.Aggregate(root, (node, key) => node._keys.TryGetValue(key, out var next) ? next : node._keys[key] = new JsonSchema());
        }

        return root;
    }

    /// <summary>The keys of the outermost object with their types.</summary>
    /// <param name="separator">What stands between a struct's key and its type.</param>
    /// <param name="name">How a key is written.</param>
    public IEnumerable<(string Key, string Type)> Columns(string separator, Func<string, string> name) =>
        _keys.Select(key => (key.Key, key.Value.Type(separator, name)));

    string Type(string separator, Func<string, string> name) =>
        _keys.Count == 0 ? "string" : $"struct<{string.Join(", ", Columns(separator, name).Select(column => $"{name(column.Key)}{separator}{column.Type}"))}>";
}
