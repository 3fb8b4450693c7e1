using System.Runtime.CompilerServices;

namespace Millrace.Parsing.Json;

/// <summary>Reading the value of one member.</summary>
sealed partial class JsonTrack
{
    /// <summary>Reads a value and gives the place behind it; -1 where the value or its place is unusual.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    JsonValue ReadValue(ReadOnlySpan<byte> line, int at, short node, out int end)
    {
        var first = JsonSyntax.ByteAt(line, at);
        if (first == '"')
        {
            end = EndOfPlainString(line, at + 1);
            return end > 0 ? new(at, end - at, JsonKind.String, HasEscape: false) : ReadEscaped(line, at, out end);
        }

        if ((uint)(first - '0') <= 9)
        {
            end = JsonSyntax.EndOfNumber(line, at);
            end = Math.Max(end, -1);
            return new(at, end - at, JsonKind.Number, HasEscape: false);
        }

        return ReadOther(line, at, first, node, out end);
    }

    static JsonValue ReadEscaped(ReadOnlySpan<byte> line, int at, out int end)
    {
        end = Math.Max(JsonSyntax.EndOfString(line, at, out var hasEscape), -1);
        return new(at, end - at, JsonKind.String, hasEscape);
    }

    JsonValue ReadOther(ReadOnlySpan<byte> line, int at, byte first, short node, out int end)
    {
        var kind = first switch
        {
            (byte)'n' => JsonKind.Null,
            (byte)'{' => JsonKind.Object,
            (byte)'[' => JsonKind.Array,
            (byte)'-' => JsonKind.Number,
            _ => JsonKind.Boolean,
        };
        end = first switch
        {
            (byte)'n' => JsonSyntax.EndOfLiteral(line, at, "null"u8),
            (byte)'t' => JsonSyntax.EndOfLiteral(line, at, "true"u8),
            (byte)'f' => JsonSyntax.EndOfLiteral(line, at, "false"u8),
            (byte)'-' => JsonSyntax.EndOfNumber(line, at),
            (byte)'{' or (byte)'[' when node == JsonPaths.Nowhere => _slow.SkipNested(line, at),
            _ => -1,
        };
        end = Math.Max(end, -1);
        return new(at, end - at, kind, HasEscape: false);
    }
}
