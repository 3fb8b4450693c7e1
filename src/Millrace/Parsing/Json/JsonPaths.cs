using System.Text;
using Millrace.Parsing.Names;

namespace Millrace.Parsing.Json;

/// <summary>What a key is, looked up in an object: a path that is wanted, and the object in which longer wanted paths go on.</summary>
/// <param name="Path">The wanted path's number, or -1.</param>
/// <param name="Node">The node of the object behind the key, or <see cref="JsonPaths.Nowhere"/>.</param>
readonly record struct JsonStep(short Path, short Node);

/// <summary>
/// The paths that are wanted from each line, as a tree of keys. A path may be written as nested objects, as one key with dots, or in
/// any mixture: <c>{"http.request":{"method":"GET"}}</c>.
/// </summary>
/// <param name="isExact">True where keys count as they are written; false where they are compared as <see cref="FieldNames.Plain(string)"/> does.</param>
sealed class JsonPaths(bool isExact)
{
    /// <summary>The line's own object.</summary>
    public const short Root = 0;

    /// <summary>An object in which nothing is wanted.</summary>
    public const short Nowhere = -1;

    /// <summary>A key with more bytes is not looked up.</summary>
    public const int LongestKey = 256;

    readonly List<Dictionary<string, JsonStep>> _nodes = [new(StringComparer.Ordinal)];
    readonly Dictionary<string, short> _nodeOfPrefix = new(StringComparer.Ordinal) { [""] = Root };

    /// <summary>How many paths are wanted.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a path. Returns its number; the same path twice has one number.</summary>
    public int Add(string path)
    {
        path = isExact ? Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(path)) : FieldNames.Plain(path);
        if (_nodes[Root].TryGetValue(path, out var known) && known.Path >= 0)
        {
            return known.Path;
        }

        var number = (short)Count++;
        AddSteps(Root, "", path, number);
        return number;
    }

    /// <summary>Looks a key up in the object of a node.</summary>
    public JsonStep Find(short node, ReadOnlySpan<byte> key)
    {
        if (node < 0 || key.Length > LongestKey)
        {
            return new(-1, Nowhere);
        }

        Span<char> plain = stackalloc char[LongestKey];
        var length = isExact ? Encoding.Latin1.GetChars(key, plain) : FieldNames.Plain(key, plain);
        return _nodes[node].GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(plain[..length], out var step) ? step : new(-1, Nowhere);
    }

    void AddSteps(short node, string prefix, string rest, short path)
    {
        var steps = _nodes[node];
        steps[rest] = new(path, steps.TryGetValue(rest, out var step) ? step.Node : Nowhere);
        for (var dot = rest.IndexOf('.', StringComparison.Ordinal); dot >= 0; dot = rest.IndexOf('.', dot + 1))
        {
            var key = rest[..dot];
            var next = prefix.Length == 0 ? key : $"{prefix}.{key}";
            if (!_nodeOfPrefix.TryGetValue(next, out var child))
            {
                child = (short)_nodes.Count;
                _nodes.Add(new(StringComparer.Ordinal));
                _nodeOfPrefix.Add(next, child);
            }

            steps[key] = new(steps.TryGetValue(key, out step) ? step.Path : (short)-1, child);
            AddSteps(child, next, rest[(dot + 1)..], path);
        }
    }
}
