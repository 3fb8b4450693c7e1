using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Millrace.Tests.Parsing.Json;

/// <summary>A value in a JSON line as the oracles see it: texts have one char a byte, still with their escapes. Equal only to itself.</summary>
/// <param name="path">The keys that lead to it, with dots between them.</param>
/// <param name="key">Its own key as it stands in the line.</param>
/// <param name="element">The value.</param>
sealed partial class JsonLeaf(string path, string key, JsonElement element)
{
    public string Path { get; } = path;

    public string Key { get; } = key;

    public JsonElement Element { get; } = element;

    public string Raw { get; } = Encoding.Latin1.GetString(JsonMarshal.GetRawUtf8Value(element));

    public string Text => Element.ValueKind == JsonValueKind.String ? Raw[1..^1] : Raw;

    public bool IsNone => Element.ValueKind == JsonValueKind.Null || (Element.ValueKind == JsonValueKind.String && Text is "" or "-");

    /// <summary>Resolves the escapes of a text.</summary>
    public static string Decode(string text) => Escape().Replace(text, match => match.Value[1] switch
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

    public override bool Equals(object? obj) => ReferenceEquals(this, obj);

    public override int GetHashCode() => RuntimeHelpers.GetHashCode(this);

    [GeneratedRegex(@"(?:\\u[0-9a-fA-F]{4})+|\\.", RegexOptions.Singleline)]
    private static partial Regex Escape();
}
