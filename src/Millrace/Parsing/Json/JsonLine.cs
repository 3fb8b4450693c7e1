using Millrace.Events;

namespace Millrace.Parsing.Json;

/// <summary>
/// The members of the object that a line holds, found in one pass that checks the whole line against RFC 8259. Reused from line to
/// line; serves one thread.
/// </summary>
sealed class JsonLine(JsonPaths paths) : NamedLine
{
    /// <summary>How deep objects and arrays may be nested, the line's own object included.</summary>
    public const int DeepestNesting = 64;

    readonly JsonKeyCache _keys = new(paths);
    readonly TextDecoder _decoder = new();
    // How many keys of the line were looked up before.
    int _place;

    /// <summary>Reads a line; false where it is not one JSON object and nothing else.</summary>
    public override bool TryRead(ReadOnlySpan<byte> line)
    {
        Clear();
        _place = 0;
        var start = JsonSyntax.SkipSpace(line, 0);
        if (JsonSyntax.ByteAt(line, start) != '{')
        {
            return Fail("the line is not a JSON object", start) >= 0;
        }

        var end = ReadObject(line, start, JsonPaths.Root, 1);
        if (end < 0)
        {
            return false;
        }

        end = JsonSyntax.SkipSpace(line, end);
        return end == line.Length || Fail("the line goes on behind its JSON object", end) >= 0;
    }

    public override NamedTrack CreateTrack(JsonPlan plan, JsonFieldReader reader, LocalZone zone) => new JsonTrack(plan, this, reader, zone);

    /// <summary>Reads an object within the line, which was read before, as if its members were the line's.</summary>
    public void Unwrap(ReadOnlySpan<byte> line, int start) => ReadObject(line, start, JsonPaths.Root, 1);

    /// <summary>Reads an object or an array, in which nothing is wanted, as the value of a member of the line's object. Returns the place behind it, or -1.</summary>
    public int SkipNested(ReadOnlySpan<byte> line, int at) => ReadValue(line, at, JsonPaths.Nowhere, 1, out _);

    /// <summary>Reads an object from its bracket on. As the other readers, returns the place behind it, or -1 after a failure.</summary>
    int ReadObject(ReadOnlySpan<byte> line, int at, short node, int depth)
    {
        if (depth > DeepestNesting)
        {
            return Fail("JSON is nested more than 64 deep", at);
        }

        at = JsonSyntax.SkipSpace(line, at + 1);
        if (JsonSyntax.ByteAt(line, at) == '}')
        {
            return at + 1;
        }

        while ((at = node == JsonPaths.Nowhere ? SkipMember(line, at, depth) : ReadMember(line, at, node, depth)) >= 0)
        {
            at = JsonSyntax.SkipSpace(line, at);
            switch (JsonSyntax.ByteAt(line, at))
            {
                case (byte)',':
                    at = JsonSyntax.SkipSpace(line, at + 1);
                    break;
                case (byte)'}':
                    return at + 1;
                default:
                    return Fail("a comma or the end of a JSON object was expected", at);
            }
        }

        return at;
    }

    int ReadMember(ReadOnlySpan<byte> line, int keyAt, short node, int depth)
    {
        var place = _place++;
        var keyHasEscape = false;
        int at;
        if (_keys.TryPredict(line, keyAt, node, place, out var key))
        {
            at = JsonSyntax.SkipSpace(line, keyAt + key.Length + 3);
        }
        else
        {
            at = ReadKey(line, keyAt, out keyHasEscape, out var keyEnd);
            if (at < 0)
            {
                return at;
            }

            var text = line[(keyAt + 1)..keyEnd];
            key = keyHasEscape ? FindEscaped(node, text) : _keys.Find(node, text, place);
        }

        at = ReadValue(line, at, key.Step.Node, depth, out var value);
        if (at < 0)
        {
            return at;
        }

        if (key.Step.Path >= 0)
        {
            AddFinding() = new(key.Step.Path, depth == 1 ? MemberCount : -1, value);
        }

        if (depth == 1)
        {
            ref var member = ref AddMember();
            member.KeyStart = keyAt + 1;
            member.KeyLength = key.Length;
            member.KeyHasEscape = keyHasEscape;
            member.KeyHash = key.Hash;
            member.Step = key.Step;
            member.Value = value;
            member.IsUsed = false;
        }

        return at;
    }

    int SkipMember(ReadOnlySpan<byte> line, int at, int depth)
    {
        at = ReadKey(line, at, out _, out _);
        return at < 0 ? at : ReadValue(line, at, JsonPaths.Nowhere, depth, out _);
    }

    /// <summary>Reads a key and its colon; returns the place of the value.</summary>
    int ReadKey(ReadOnlySpan<byte> line, int at, out bool hasEscape, out int end)
    {
        hasEscape = false;
        end = at;
        if (JsonSyntax.ByteAt(line, at) != '"')
        {
            return Fail("a JSON key was expected", at);
        }

        at = JsonSyntax.EndOfString(line, at, out hasEscape);
        if (at < 0)
        {
            return FailString(line, ~at);
        }

        end = at - 1;
        at = JsonSyntax.SkipSpace(line, at);
        return JsonSyntax.ByteAt(line, at) == ':' ? JsonSyntax.SkipSpace(line, at + 1) : Fail("a colon was expected behind a JSON key", at);
    }

    int ReadValue(ReadOnlySpan<byte> line, int at, short node, int depth, out JsonValue value)
    {
        var hasEscape = false;
        var kind = JsonKind.Null;
        int end;
        switch (JsonSyntax.ByteAt(line, at))
        {
            case (byte)'"':
                kind = JsonKind.String;
                end = JsonSyntax.EndOfString(line, at, out hasEscape);
                end = end < 0 ? FailString(line, ~end) : end;
                break;
            case (byte)'{':
                kind = JsonKind.Object;
                end = ReadObject(line, at, node, depth + 1);
                break;
            case (byte)'[':
                kind = JsonKind.Array;
                end = ReadArray(line, at, depth + 1);
                break;
            case (byte)'t':
                kind = JsonKind.Boolean;
                end = ExpectValue(JsonSyntax.EndOfLiteral(line, at, "true"u8));
                break;
            case (byte)'f':
                kind = JsonKind.Boolean;
                end = ExpectValue(JsonSyntax.EndOfLiteral(line, at, "false"u8));
                break;
            case (byte)'n':
                end = ExpectValue(JsonSyntax.EndOfLiteral(line, at, "null"u8));
                break;
            case (byte)'-' or (>= (byte)'0' and <= (byte)'9'):
                kind = JsonKind.Number;
                end = JsonSyntax.EndOfNumber(line, at);
                end = end < 0 ? Fail("a JSON number is not well-formed", ~end) : end;
                break;
            default:
                end = ExpectValue(~at);
                break;
        }

        value = new(at, end - at, kind, hasEscape);
        return end;
    }

    int ReadArray(ReadOnlySpan<byte> line, int at, int depth)
    {
        if (depth > DeepestNesting)
        {
            return Fail("JSON is nested more than 64 deep", at);
        }

        at = JsonSyntax.SkipSpace(line, at + 1);
        if (JsonSyntax.ByteAt(line, at) == ']')
        {
            return at + 1;
        }

        while ((at = ReadValue(line, at, JsonPaths.Nowhere, depth, out _)) >= 0)
        {
            at = JsonSyntax.SkipSpace(line, at);
            switch (JsonSyntax.ByteAt(line, at))
            {
                case (byte)',':
                    at = JsonSyntax.SkipSpace(line, at + 1);
                    break;
                case (byte)']':
                    return at + 1;
                default:
                    return Fail("a comma or the end of a JSON array was expected", at);
            }
        }

        return at;
    }

    JsonKey FindEscaped(short node, ReadOnlySpan<byte> text) =>
        new(text.Length, JsonKeyHash.Of(text), paths.Find(node, _decoder.Decode(text, TextEscape.Json)));

    int ExpectValue(int end) => end < 0 ? Fail("a JSON value was expected", ~end) : end;

    int FailString(ReadOnlySpan<byte> line, int at) => at == line.Length
        ? Fail("a JSON string is not closed", at)
        : Fail("a JSON string holds a control character or an unknown escape", at);
}
