using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Millrace.Events;
using Millrace.Parsing.Json;
using Millrace.Parsing.Names;
using Millrace.Tests.Parsing.Json;

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

    readonly JsonLeaves _leaves = new(FieldNames.Plain);
    readonly HashSet<JsonLeaf> _used = [];
    readonly Dictionary<string, string> _columns = [];
    bool _hasBadTime;

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
        _leaves.AddMembers(root);
        if (_leaves.All.Exists(leaf => leaf.Path == "partitionkey")
            && _leaves.All.FindLast(leaf => leaf.Path == "data") is { Element.ValueKind: JsonValueKind.Object } wrapped)
        {
            _used.Add(wrapped);
            _leaves.AddMembers(wrapped.Element);
        }

        foreach (var path in FieldNames.All.Keys.Append("partitionkey").Append("data"))
        {
            _used.UnionWith(_leaves.All.Where(leaf => leaf.Path == path).SkipLast(1));
        }

        foreach (var field in Enum.GetValues<NamedField>())
        {
            Fill(field);
        }

        TakeRequestApart();
        TellHostFromClient();
        _columns["Attributes"] = _leaves.Attributes(_used);
        return _hasBadTime ? null : _columns;
    }

    void Fill(NamedField field)
    {
        foreach (var (path, meaning) in Names[field])
        {
            var leaf = _leaves.All.FindLast(leaf => leaf.Path == path);
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

    string? Read(NamedField field, JsonLeaf leaf, DurationUnit unit)
    {
        var isText = leaf.Element.ValueKind == JsonValueKind.String;
        if (!isText && leaf.Element.ValueKind != JsonValueKind.Number)
        {
            return null;
        }

        var decoded = Encoding.Latin1.GetBytes(JsonLeaf.Decode(leaf.Text));
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

    [GeneratedRegex("^[A-Z]{2,} .", RegexOptions.Singleline)]
    private static partial Regex RequestStart();

    [GeneratedRegex(@"\A[+-]?[0-9]+\z")]
    private static partial Regex Digits();

    [GeneratedRegex("""\A(?:[a-z]+:(?://|\\/\\/)(?:[^/\\?#]*@)?(?<host>\[[^/\\?#\]]*\]|[^/\\?#:]*)[^/\\?#]*)?(?<path>[^?#]*)(?:\?(?<query>[^#]*))?""", RegexOptions.Singleline)]
    private static partial Regex Url();
}
