using Millrace.Parsing.Json;

namespace Millrace.Parsing.Otlp;

/// <summary>
/// Goes through the log records of a line: <c>{"resourceLogs": [{"resource": …, "scopeLogs": [{"scope": …, "logRecords": [{…}]}]}]}</c>, or an element of
/// <c>resourceLogs</c> alone. The line must be well-formed JSON. What it leads to is read from there on, and no byte of it twice.
/// </summary>
struct OtlpCursor
{
    Depth _top;
    Depth _depth;

    // Where the next element of the array at hand, or its closing bracket, stands.
    int _at;

    enum Depth
    {
        Resources,
        Scopes,
        Records,
    }

    /// <summary>Where the record stands.</summary>
    public readonly int Record => _at;

    /// <summary>Where the object of its resource stands; -1 where there is none.</summary>
    public int Resource { get; private set; }

    /// <summary>Where the object of its scope stands; -1 where there is none.</summary>
    public int Scope { get; private set; }

    /// <summary>A cursor before the first record; false where the line's object is neither of the two.</summary>
    public static bool TryOpen(ReadOnlySpan<byte> line, out OtlpCursor cursor)
    {
        cursor = default;
        var root = JsonSyntax.SkipSpace(line, 0);
        cursor._at = FindArray(line, root, "resourceLogs"u8);
        if (cursor._at < 0)
        {
            cursor._top = cursor._depth = Depth.Scopes;
            cursor.Resource = FindObject(line, root, "resource"u8);
            cursor._at = FindArray(line, root, "scopeLogs"u8);
        }

        return cursor._at >= 0;
    }

    /// <summary>Goes to the record that is next; false at the end.</summary>
    public bool TryGoOn(ReadOnlySpan<byte> line)
    {
        while (true)
        {
            if (line[_at] != ']')
            {
                if (_depth == Depth.Records)
                {
                    return true;
                }

                Enter(line);
            }
            else if (_depth == _top)
            {
                return false;
            }
            else
            {
                // The object around the array may go on behind it.
                var end = _at + 1;
                while (JsonExtent.TryTakeMember(line, ref end, out _, out _))
                {
                }

                _depth--;
                Leave(line, EndOfObject(line, end));
            }
        }
    }

    /// <summary>Leaves the record, whose end was found.</summary>
    public void Leave(ReadOnlySpan<byte> line, int end) => _at = NextElement(line, end);

    /// <summary>Finds the place of the value of an object's member; -1 where there is none. Of equal keys the first one counts.</summary>
    public static int Find(ReadOnlySpan<byte> line, int objectAt, ReadOnlySpan<byte> name)
    {
        if (line[objectAt] != '{')
        {
            return -1;
        }

        var at = objectAt + 1;
        while (JsonExtent.TryTakeKey(line, ref at, out var key))
        {
            if (line[key].SequenceEqual(name))
            {
                return at;
            }

            at = JsonExtent.EndOfValue(line, at);
        }

        return -1;
    }

    /// <summary>The place of an array's first element, or of its closing bracket.</summary>
    public static int FirstElement(ReadOnlySpan<byte> line, int arrayAt) => JsonSyntax.SkipSpace(line, arrayAt + 1);

    /// <summary>The place of the element behind one that ends at a place, or of the closing bracket.</summary>
    public static int NextElement(ReadOnlySpan<byte> line, int end)
    {
        end = JsonSyntax.SkipSpace(line, end);
        return line[end] == ',' ? JsonSyntax.SkipSpace(line, end + 1) : end;
    }

    /// <summary>The end of an object whose members were all taken.</summary>
    public static int EndOfObject(ReadOnlySpan<byte> line, int lastMemberEnd) => JsonSyntax.SkipSpace(line, lastMemberEnd) + 1;

    void Enter(ReadOnlySpan<byte> line)
    {
        int inner;
        if (_depth == Depth.Resources)
        {
            Resource = FindObject(line, _at, "resource"u8);
            inner = FindArray(line, _at, "scopeLogs"u8);
        }
        else
        {
            Scope = FindObject(line, _at, "scope"u8);
            inner = FindArray(line, _at, "logRecords"u8);
        }

        if (inner < 0)
        {
            Leave(line, JsonExtent.EndOfValue(line, _at));
            return;
        }

        _depth++;
        _at = inner;
    }

    /// <summary>The first element of an array that is a member of an object; -1 where there is none.</summary>
    static int FindArray(ReadOnlySpan<byte> line, int objectAt, ReadOnlySpan<byte> name) =>
        Find(line, objectAt, name) is var array and >= 0 && line[array] == '[' ? FirstElement(line, array) : -1;

    static int FindObject(ReadOnlySpan<byte> line, int objectAt, ReadOnlySpan<byte> name) =>
        Find(line, objectAt, name) is var found and >= 0 && line[found] == '{' ? found : -1;
}
