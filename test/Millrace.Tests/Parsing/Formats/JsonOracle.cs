using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Millrace.Events;
using Millrace.Parsing.Json;
using Millrace.Parsing.Names;

namespace Millrace.Tests.Parsing.Formats;

/// <summary>
/// The slow, obviously right reading of the json format with default options: System.Text.Json finds the values, every text is a string of one
/// char a byte, still with its escapes, and every question is asked of all names.
/// </summary>
sealed partial class JsonOracle
{
    static readonly JsonDocumentOptions Options = new() { MaxDepth = JsonLine.DeepestNesting };
    static readonly LocalZone Zone = new(TimeZoneInfo.Utc);
    static readonly ILookup<NamedField, KeyValuePair<string, FieldName>> Names = FieldNames.All.OrderBy(name => name.Value.Rank).ToLookup(name => name.Value.Field);

    readonly List<Leaf> _members = [];
    readonly List<Leaf> _leaves = [];
    readonly HashSet<Leaf> _used = [];
    readonly Dictionary<string, string> _columns = [];
    bool _hasBadTime;

    sealed record Leaf(string Path, string Key, JsonElement Element)
    {
        public string Raw { get; } = Encoding.Latin1.GetString(JsonMarshal.GetRawUtf8Value(Element));

        public string Text => Element.ValueKind == JsonValueKind.String ? Raw[1..^1] : Raw;

        public bool IsNone => Element.ValueKind == JsonValueKind.Null || (Element.ValueKind == JsonValueKind.String && Text is "" or "-");

        public bool Equals(Leaf? other) => ReferenceEquals(this, other);

        public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
    }

    /// <summary>The values of a line by column name, attributes as one text; null where the line is a reject.</summary>
    public static Dictionary<string, string>? Read(byte[] line)
    {
        try
        {
            using var document = JsonDocument.Parse(line, Options);
            return document.RootElement.ValueKind == JsonValueKind.Object ? new JsonOracle().Read(document.RootElement) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    Dictionary<string, string>? Read(JsonElement root)
    {
        AddMembers(root);
        if (_leaves.Exists(leaf => leaf.Path == "partitionkey")
            && _leaves.FindLast(leaf => leaf.Path == "data") is { Element.ValueKind: JsonValueKind.Object } wrapped)
        {
            _used.Add(wrapped);
            AddMembers(wrapped.Element);
        }

        foreach (var path in FieldNames.All.Keys.Append("partitionkey").Append("data"))
        {
            _used.UnionWith(_leaves.Where(leaf => leaf.Path == path).SkipLast(1));
        }

        foreach (var field in Enum.GetValues<NamedField>())
        {
            Fill(field);
        }

        TakeRequestApart();
        TellHostFromClient();
        AddAttributes();
        return _hasBadTime ? null : _columns;
    }

    void AddMembers(JsonElement element)
    {
        foreach (var property in element.EnumerateObject())
        {
            _members.Add(AddLeaf("", property));
        }
    }

    Leaf AddLeaf(string prefix, JsonProperty property)
    {
        var key = Encoding.Latin1.GetString(JsonMarshal.GetRawUtf8PropertyName(property));
        var leaf = new Leaf(prefix + Plain(key), key, property.Value);
        if (property.Value.ValueKind == JsonValueKind.Object)
        {
            foreach (var inner in property.Value.EnumerateObject())
            {
                AddLeaf(leaf.Path + ".", inner);
            }
        }

        _leaves.Add(leaf);
        return leaf;
    }

    static string Plain(string key)
    {
        var decoded = Decode(key);
        return decoded.Length > JsonPaths.LongestKey ? "\0" : FieldNames.Plain(Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(decoded)));
    }

    static string Decode(string text) => Escape().Replace(text, match => match.Value[1] switch
    {
        'u' => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(new string(
            [.. match.Value.Split("\\u", StringSplitOptions.RemoveEmptyEntries).Select(hex => (char)ushort.Parse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture))]))),
        'b' => "\b",
        'f' => "\f",
        'n' => "\n",
        'r' => "\r",
        't' => "\t",
        var self => self.ToString(),
    });

    void Fill(NamedField field)
    {
        foreach (var (path, meaning) in Names[field])
        {
            var leaf = _leaves.FindLast(leaf => leaf.Path == path);
            if (leaf is null || leaf.IsNone)
            {
                _used.UnionWith(leaf is null ? [] : [leaf]);
            }
            else if (!_columns.ContainsKey(field.ToString()) && Read(field, leaf, meaning.Unit) is { } value)
            {
                _columns[field.ToString()] = value;
                _used.Add(leaf);
            }
        }
    }

    string? Read(NamedField field, Leaf leaf, DurationUnit unit)
    {
        var isText = leaf.Element.ValueKind == JsonValueKind.String;
        if (!isText && leaf.Element.ValueKind != JsonValueKind.Number)
        {
            return null;
        }

        var decoded = Encoding.Latin1.GetBytes(Decode(leaf.Text));
        switch (field)
        {
            case NamedField.Timestamp:
                var isTime = TimeText.TryReadAny(decoded, Zone, out var micros);
                _hasBadTime = !isTime;
                return micros.ToString(CultureInfo.InvariantCulture);
            case NamedField.Status:
                return Integer(decoded, 999);
            case NamedField.Bytes:
                return Integer(decoded, long.MaxValue);
            case NamedField.Duration:
                return DurationText.TryRead(decoded, unit, out var duration) && duration >= 0 ? duration.ToString(CultureInfo.InvariantCulture) : null;
            case NamedField.Request:
                return isText && RequestStart().IsMatch(leaf.Text) ? leaf.Text : null;
            case NamedField.Caller:
                return leaf.Text.IndexOfAny(['/', ':', ' ', '(']) < 0 ? leaf.Text : null;
            case NamedField.Url or NamedField.Method or NamedField.Endpoint:
                return isText ? leaf.Text : null;
            default:
                return leaf.Text;
        }
    }

    static string? Integer(byte[] text, long most) =>
        Digits().IsMatch(Encoding.Latin1.GetString(text))
        && BigInteger.Parse(Encoding.Latin1.GetString(text), CultureInfo.InvariantCulture) is var value && value >= 0 && value <= most
            ? value.ToString(CultureInfo.InvariantCulture)
            : null;

    void TakeRequestApart()
    {
        if (_columns.Remove(nameof(NamedField.Request), out var request))
        {
            var words = request.Split(' ');
            var hasProtocol = words.Length > 2 && words[^1].StartsWith("HTTP", StringComparison.Ordinal);
            FillIn("Method", words[0]);
            FillIn("Url", string.Join(' ', hasProtocol ? words[1..^1] : words[1..]));
            FillIn("Protocol", hasProtocol ? words[^1] : "");
        }

        FillIn("Url", _columns.GetValueOrDefault("Endpoint", ""));
        if (_columns.Remove("Url", out var url))
        {
            var parts = Url().Match(url);
            FillIn("Path", parts.Groups["path"].Value is "" && parts.Groups["host"].Success ? "/" : parts.Groups["path"].Value);
            FillIn("Query", parts.Groups["query"].Value);
            FillIn("Host", parts.Groups["host"].Value);
        }
    }

    void FillIn(string column, string value)
    {
        if (value.Length > 0)
        {
            _columns.TryAdd(column, value);
        }
    }

    void TellHostFromClient()
    {
        if (!_columns.ContainsKey("ClientIp") && _columns.TryGetValue("Host", out var host) && System.Net.IPAddress.TryParse(host, out _) && host.IndexOfAny(['.', ':']) >= 0)
        {
            _columns.Remove("Host");
            _columns["ClientIp"] = host;
        }
    }

    void AddAttributes()
    {
        var rest = _members.Where(member => !_used.Contains(member)).ToList();
        var last = rest.Where(member => rest.FindLast(other => other.Key == member.Key) == member);
        _columns["Attributes"] = string.Join('\n', last.Select(member => $"{member.Key}={member.Raw}"));
    }

    [GeneratedRegex(@"(?:\\u[0-9a-fA-F]{4})+|\\.", RegexOptions.Singleline)]
    private static partial Regex Escape();

    [GeneratedRegex("^[A-Z]{2,} .", RegexOptions.Singleline)]
    private static partial Regex RequestStart();

    [GeneratedRegex(@"\A[+-]?[0-9]+\z")]
    private static partial Regex Digits();

    [GeneratedRegex("""\A(?:[a-z]+:(?://|\\/\\/)(?:[^/\\?#]*@)?(?<host>\[[^/\\?#\]]*\]|[^/\\?#:]*)[^/\\?#]*)?(?<path>[^?#]*)(?:\?(?<query>[^#]*))?""", RegexOptions.Singleline)]
    private static partial Regex Url();
}
