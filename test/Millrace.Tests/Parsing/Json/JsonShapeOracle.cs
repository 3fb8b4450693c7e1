using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Millrace.Events;
using Millrace.Parsing.Json;
using Millrace.Parsing.Names;

namespace Millrace.Tests.Parsing.Json;

/// <summary>
/// The slow, obviously right reading of a <see cref="JsonShape"/>: System.Text.Json finds the values, every text is a string of one char a byte, still
/// with its escapes, and every question is asked of all fields.
/// </summary>
sealed partial class JsonShapeOracle(JsonShape shape)
{
    static readonly JsonDocumentOptions Options = new() { MaxDepth = JsonLine.DeepestNesting };
    static readonly LocalZone Zone = new(TimeZoneInfo.Utc);

    readonly JsonLeaves _leaves = new(static key => key);
    readonly HashSet<JsonLeaf> _used = [];
    readonly Dictionary<string, string> _values = [];
    bool _isReject;

    /// <summary>The values of a line by field, attributes as one text; null where the line is a reject.</summary>
    public static Dictionary<string, string>? Read(JsonShape shape, byte[] line)
    {
        try
        {
            using var document = JsonDocument.Parse(line, Options);
            return document.RootElement.ValueKind == JsonValueKind.Object ? new JsonShapeOracle(shape).Read(document.RootElement) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    Dictionary<string, string>? Read(JsonElement root)
    {
        _leaves.AddMembers(root);
        if (shape.MayBeWrapped && _leaves.All.Exists(leaf => leaf.Path == "partitionKey")
            && _leaves.All.FindLast(leaf => leaf.Path == "data") is { Element.ValueKind: JsonValueKind.Object } wrapped)
        {
            _used.Add(wrapped);
            _leaves.AddMembers(wrapped.Element);
        }

        foreach (var path in shape.Fields.Select(field => field.Path).Concat(shape.MayBeWrapped ? ["partitionKey", "data"] : []))
        {
            _used.UnionWith(_leaves.All.Where(leaf => leaf.Path == path).SkipLast(1));
        }

        foreach (var field in shape.Fields)
        {
            Fill(field);
        }

        _values["attributes"] = _leaves.Attributes(_used);
        return _isReject ? null : _values;
    }

    void Fill(JsonField field)
    {
        var leaf = _leaves.All.FindLast(leaf => leaf.Path == field.Path);
        if (leaf is { IsNone: false })
        {
            Fill(field, leaf);
        }
        else if (leaf is not null)
        {
            _used.Add(leaf);
        }

        _isReject |= (field.IsRequired && leaf is null) || (field.Constant is { } constant && _values.GetValueOrDefault(field.Name) != constant);
    }

    void Fill(JsonField field, JsonLeaf leaf)
    {
        switch (Read(field, leaf))
        {
            case null when field.Type is not (ColumnType.Text or ColumnType.Json) && !field.IsLoose:
            case null when field.Type == ColumnType.Timestamp && leaf.Element.ValueKind is JsonValueKind.String or JsonValueKind.Number:
                _isReject = true;
                break;
            case null:
                break;
            case "":
                _used.Add(leaf);
                break;
            case { } value:
                _used.Add(leaf);
                _values[field.Name] = value;
                break;
        }
    }

    /// <summary>The value; nothing where it stands for none, null where it is of another kind.</summary>
    static string? Read(JsonField field, JsonLeaf leaf)
    {
        var isString = leaf.Element.ValueKind == JsonValueKind.String;
        var isArray = leaf.Element.ValueKind == JsonValueKind.Array;
        switch (field.Syntax)
        {
            case JsonFieldSyntax.Json:
                return leaf.Raw;
            case JsonFieldSyntax.Any:
                return leaf.Text;
            case JsonFieldSyntax.Boolean:
                return leaf.Element.ValueKind switch
                {
                    JsonValueKind.True => "1",
                    JsonValueKind.False => "0",
                    JsonValueKind.String => JsonLeaf.Decode(leaf.Text) switch { "true" => "1", "false" => "0", _ => null },
                    _ => null,
                };
            case JsonFieldSyntax.FirstText when isArray:
                var first = FirstString().Match(leaf.Raw).Groups["text"].Value;
                return first is "" or "-" ? null : first;
            case JsonFieldSyntax.TextBytes when isArray:
                return ByteArray().IsMatch(leaf.Raw) && leaf.Element.EnumerateArray().All(element => element.TryGetByte(out _)) ? leaf.Raw[1..^1] : null;
            case var _ when !isString && leaf.Element.ValueKind != JsonValueKind.Number:
                return null;
            case JsonFieldSyntax.OnlyString:
                return isString ? leaf.Text : null;
            case JsonFieldSyntax.TextLine:
                return FinalBreak().Replace(leaf.Text, "${kept}");
            case JsonFieldSyntax.Text or JsonFieldSyntax.FirstText or JsonFieldSyntax.TextBytes:
                return leaf.Text;
            default:
                return Number(field, JsonLeaf.Decode(leaf.Text));
        }
    }

    static string? Number(JsonField field, string text)
    {
        var bytes = Encoding.Latin1.GetBytes(text);
        long micros;
        switch (field.Syntax)
        {
            case JsonFieldSyntax.Integer:
                return Integer(text, long.MinValue, long.MaxValue);
            case JsonFieldSyntax.Count:
                return Integer(text, 0, long.MaxValue);
            case JsonFieldSyntax.Status:
                return Integer(text, 0, 999);
            case JsonFieldSyntax.Real:
                return JsonNumber().IsMatch(text) && double.Parse(text, CultureInfo.InvariantCulture) is var real && double.IsFinite(real) ? Show(real) : null;
            case JsonFieldSyntax.Duration:
                return !DurationText.TryRead(bytes, field.Unit, out micros) ? null : micros < 0 ? "" : Show(micros);
            case JsonFieldSyntax.EpochTime:
                return Epoch(text, field.Unit);
            case JsonFieldSyntax.IsoTime:
                return TimeText.TryReadIso(bytes, Zone, out micros, out var length) && length == bytes.Length ? Show(micros) : null;
            case JsonFieldSyntax.AnyTime:
                return TimeText.TryReadAny(bytes, Zone, out micros) ? Show(micros) : null;
            default:
                throw new NotSupportedException($"The oracle does not know {field.Syntax}.");
        }
    }

    static string? Integer(string text, long least, long most) =>
        WholeNumber().IsMatch(text) && BigInteger.Parse(text, CultureInfo.InvariantCulture) is var value && value >= least && value <= most
            ? value.ToString(CultureInfo.InvariantCulture)
            : null;

    static string? Epoch(string text, DurationUnit unit)
    {
        var match = EpochNumber().Match(text);
        if (!match.Success)
        {
            return null;
        }

        var whole = BigInteger.Parse(match.Groups["whole"].Value, CultureInfo.InvariantCulture);
        var scale = unit switch { DurationUnit.Seconds => 1_000_000, DurationUnit.Milliseconds => 1_000, DurationUnit.Microseconds => 1, _ => 0 };
        if (whole > long.MaxValue || (scale > 0 && whole > (long.MaxValue / scale) - 1))
        {
            return null;
        }

        // Six digits behind the dot are as many as make microseconds of seconds.
        var millionths = (whole * 1_000_000) + int.Parse(match.Groups["fraction"].Value.PadRight(6, '0')[..6], CultureInfo.InvariantCulture);
        return (scale == 0 ? whole / 1_000 : millionths * scale / 1_000_000).ToString(CultureInfo.InvariantCulture);
    }

    static string Show(double value) => BitConverter.DoubleToInt64Bits(value).ToString(CultureInfo.InvariantCulture);

    static string Show(long value) => value.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\A[+-]?[0-9]+\z")]
    private static partial Regex WholeNumber();

    [GeneratedRegex(@"\A(?<whole>[0-9]{1,19})(\.(?<fraction>[0-9]+))?\z")]
    private static partial Regex EpochNumber();

    [GeneratedRegex(@"\A-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?\z")]
    private static partial Regex JsonNumber();

    [GeneratedRegex("""\A\[\s*"(?<text>([^"\\]|\\.)*)""")]
    private static partial Regex FirstString();

    [GeneratedRegex(@"\A\[\s*[0-9]+\s*(,\s*[0-9]+\s*)*\]\z")]
    private static partial Regex ByteArray();

    [GeneratedRegex(@"\A(?<kept>([^\\]|\\.)*?)(\\r)?\\n\z", RegexOptions.Singleline)]
    private static partial Regex FinalBreak();
}
