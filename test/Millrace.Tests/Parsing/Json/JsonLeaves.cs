using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Millrace.Parsing.Json;

namespace Millrace.Tests.Parsing.Json;

/// <summary>All values in a JSON line, however deep, in the order in which they end.</summary>
/// <param name="plain">Brings a key into the form in which keys are compared.</param>
sealed class JsonLeaves(Func<string, string> plain)
{
    readonly List<JsonLeaf> _members = [];

    public List<JsonLeaf> All { get; } = [];

    /// <summary>Adds the members of an object as those of the line.</summary>
    public void AddMembers(JsonElement element)
    {
        foreach (var property in element.EnumerateObject())
        {
            _members.Add(AddLeaf("", property));
        }
    }

    /// <summary>The members of the line that are not used, the last of equal ones, as one text.</summary>
    public string Attributes(IReadOnlySet<JsonLeaf> used)
    {
        var rest = _members.Where(member => !used.Contains(member)).ToList();
        var last = rest.Where(member => rest.FindLast(other => other.Key == member.Key) == member);
        return string.Join('\n', last.Select(member => $"{member.Key}={member.Raw}"));
    }

    JsonLeaf AddLeaf(string prefix, JsonProperty property)
    {
        var key = Encoding.Latin1.GetString(JsonMarshal.GetRawUtf8PropertyName(property));
        var leaf = new JsonLeaf(prefix + Plain(key), key, property.Value);
        if (property.Value.ValueKind == JsonValueKind.Object)
        {
            foreach (var inner in property.Value.EnumerateObject())
            {
                AddLeaf(leaf.Path + ".", inner);
            }
        }

        All.Add(leaf);
        return leaf;
    }

    string Plain(string key)
    {
        var decoded = JsonLeaf.Decode(key);
        return decoded.Length > JsonPaths.LongestKey ? "\0" : plain(Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(decoded)));
    }
}
