namespace Millrace.Parsing.Json;

/// <summary>
/// The members of the object that a line holds, found in one pass that checks the whole line against RFC 8259. Reused from line to
/// line; serves one thread.
/// </summary>
sealed class JsonLine(JsonPaths paths)
{
    /// <summary>How deep objects and arrays may be nested, the line's own object included.</summary>
    public const int DeepestNesting = 64;

    readonly JsonKeyCache _keys = new(paths);
    JsonMember[] _members = new JsonMember[32];
    JsonFinding[] _findings = new JsonFinding[32];
    int _memberCount;
    int _findingCount;

    /// <summary>The members of the line's object, in its order.</summary>
    public Span<JsonMember> Members => _members.AsSpan(0, _memberCount);

    /// <summary>The values of wanted paths, in the order of the line.</summary>
    public ReadOnlySpan<JsonFinding> Findings => _findings.AsSpan(0, _findingCount);

    /// <summary>Reads a line; false where it is not one JSON object and nothing else.</summary>
    public bool TryRead(ReadOnlySpan<byte> line, out string? error, out int errorPosition)
    {
        _memberCount = 0;
        _findingCount = 0;
        var cursor = new JsonCursor(line, 0);
        var isRead = cursor.Peek() == '{'
            ? TryReadObject(ref cursor, line, JsonPaths.Root, 1) && IsAtEnd(ref cursor, line.Length)
            : cursor.Fail("the line is not a JSON object", cursor.Position);
        error = cursor.Error;
        errorPosition = cursor.Position;
        return isRead;
    }

    /// <summary>Reads an object within the line, which was read before, as if its members were the line's.</summary>
    public void Unwrap(ReadOnlySpan<byte> line, JsonValue wrapped)
    {
        var cursor = new JsonCursor(line, wrapped.Start);
        TryReadObject(ref cursor, line, JsonPaths.Root, 1);
    }

    static bool IsAtEnd(ref JsonCursor cursor, int length)
    {
        cursor.Peek();
        return cursor.Position == length || cursor.Fail("the line goes on behind its JSON object", cursor.Position);
    }

    bool TryReadObject(ref JsonCursor cursor, ReadOnlySpan<byte> line, short node, int depth)
    {
        if (depth > DeepestNesting)
        {
            return cursor.Fail("JSON is nested more than 64 deep", cursor.Position);
        }

        cursor.Position++;
        if (cursor.Peek() == '}')
        {
            cursor.Position++;
            return true;
        }

        while (true)
        {
            if (!TryReadMember(ref cursor, line, node, depth))
            {
                return false;
            }

            switch (cursor.Peek())
            {
                case (byte)',':
                    cursor.Position++;
                    break;
                case (byte)'}':
                    cursor.Position++;
                    return true;
                default:
                    return cursor.Fail("a comma or the end of a JSON object was expected", cursor.Position);
            }
        }
    }

    bool TryReadMember(ref JsonCursor cursor, ReadOnlySpan<byte> line, short node, int depth)
    {
        if (cursor.Peek() != '"')
        {
            return cursor.Fail("a JSON key was expected", cursor.Position);
        }

        var keyStart = cursor.Position + 1;
        if (!cursor.TryReadString(out var keyHasEscape))
        {
            return false;
        }

        var keyLength = cursor.Position - 1 - keyStart;
        if (cursor.Peek() != ':')
        {
            return cursor.Fail("a colon was expected behind a JSON key", cursor.Position);
        }

        cursor.Position++;
        if (node == JsonPaths.Nowhere)
        {
            return TryReadValue(ref cursor, line, node, depth, out _);
        }

        var key = line.Slice(keyStart, keyLength);
        var hash = JsonKeyCache.Hash(key);
        var step = keyHasEscape ? FindEscaped(node, key) : _keys.Find(node, key, hash);
        if (!TryReadValue(ref cursor, line, step.Node, depth, out var value))
        {
            return false;
        }

        if (step.Path >= 0)
        {
            Add(new JsonFinding(step.Path, depth == 1 ? _memberCount : -1, value));
        }

        if (depth == 1)
        {
            Add(new JsonMember { KeyStart = keyStart, KeyLength = keyLength, KeyHasEscape = keyHasEscape, KeyHash = hash, Value = value });
        }

        return true;
    }

    bool TryReadValue(ref JsonCursor cursor, ReadOnlySpan<byte> line, short node, int depth, out JsonValue value)
    {
        var first = cursor.Peek();
        var start = cursor.Position;
        var hasEscape = false;
        var (kind, isRead) = first switch
        {
            (byte)'"' => (JsonKind.String, cursor.TryReadString(out hasEscape)),
            (byte)'{' => (JsonKind.Object, TryReadObject(ref cursor, line, node, depth + 1)),
            (byte)'[' => (JsonKind.Array, TryReadArray(ref cursor, line, depth + 1)),
            (byte)'t' => (JsonKind.Boolean, cursor.TryReadLiteral("true"u8)),
            (byte)'f' => (JsonKind.Boolean, cursor.TryReadLiteral("false"u8)),
            (byte)'n' => (JsonKind.Null, cursor.TryReadLiteral("null"u8)),
            (byte)'-' or (>= (byte)'0' and <= (byte)'9') => (JsonKind.Number, cursor.TryReadNumber()),
            _ => (JsonKind.Null, cursor.Fail("a JSON value was expected", start)),
        };
        value = new(start, cursor.Position - start, kind, hasEscape);
        return isRead;
    }

    bool TryReadArray(ref JsonCursor cursor, ReadOnlySpan<byte> line, int depth)
    {
        if (depth > DeepestNesting)
        {
            return cursor.Fail("JSON is nested more than 64 deep", cursor.Position);
        }

        cursor.Position++;
        if (cursor.Peek() == ']')
        {
            cursor.Position++;
            return true;
        }

        while (TryReadValue(ref cursor, line, JsonPaths.Nowhere, depth, out _))
        {
            switch (cursor.Peek())
            {
                case (byte)',':
                    cursor.Position++;
                    break;
                case (byte)']':
                    cursor.Position++;
                    return true;
                default:
                    return cursor.Fail("a comma or the end of a JSON array was expected", cursor.Position);
            }
        }

        return false;
    }

    JsonStep FindEscaped(short node, ReadOnlySpan<byte> key)
    {
        Span<byte> plain = stackalloc byte[JsonPaths.LongestKey];
        return key.Length > plain.Length ? new(-1, JsonPaths.Nowhere) : paths.Find(node, plain[..JsonText.Unescape(key, plain)]);
    }

    void Add(JsonMember member)
    {
        if (_memberCount == _members.Length)
        {
            Array.Resize(ref _members, _memberCount * 2);
        }

        _members[_memberCount++] = member;
    }

    void Add(JsonFinding finding)
    {
        if (_findingCount == _findings.Length)
        {
            Array.Resize(ref _findings, _findingCount * 2);
        }

        _findings[_findingCount++] = finding;
    }
}
