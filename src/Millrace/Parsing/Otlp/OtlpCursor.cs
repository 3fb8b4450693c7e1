using Millrace.Parsing.Json;

namespace Millrace.Parsing.Otlp;

/// <summary>
/// Goes through the log records of a line: <c>{"resourceLogs": [{"resource": …, "scopeLogs": [{"scope": …, "logRecords": [{…}]}]}]}</c>, or an element of
/// <c>resourceLogs</c> alone. The line must be well-formed JSON.
/// </summary>
struct OtlpCursor
{
    // Where the next element of each array, or its closing bracket, stands; 0 where no array is open.
    int _resources;
    int _scopes;
    int _records;

    /// <summary>Where the record stands.</summary>
    public Range Record { get; private set; }

    /// <summary>Where the object of its resource stands; empty where there is none.</summary>
    public Range Resource { get; private set; }

    /// <summary>Where the object of its scope stands; empty where there is none.</summary>
    public Range Scope { get; private set; }

    /// <summary>A cursor before the first record; false where the line's object is neither of the two.</summary>
    public static bool TryOpen(ReadOnlySpan<byte> line, out OtlpCursor cursor)
    {
        cursor = default;
        var at = JsonSyntax.SkipSpace(line, 0);
        if (TryFind(line, at, "resourceLogs"u8, out var resources) && line[resources.Start] == '[')
        {
            cursor._resources = FirstElement(line, resources.Start.Value);
            return true;
        }

        return cursor.OpenScopes(line, at);
    }

    /// <summary>Goes to the next record; false at the end.</summary>
    public bool MoveNext(ReadOnlySpan<byte> line)
    {
        while (true)
        {
            if (TryTake(line, ref _records, out var record))
            {
                Record = record;
                return true;
            }

            if (TryTake(line, ref _scopes, out var scope))
            {
                OpenRecords(line, scope.Start.Value);
            }
            else if (TryTake(line, ref _resources, out var resource))
            {
                OpenScopes(line, resource.Start.Value);
            }
            else
            {
                return false;
            }
        }
    }

    /// <summary>Finds a member of an object; of equal keys the last one.</summary>
    public static bool TryFind(ReadOnlySpan<byte> line, int objectAt, ReadOnlySpan<byte> name, out Range value)
    {
        value = default;
        if (JsonSyntax.ByteAt(line, objectAt) != '{')
        {
            return false;
        }

        var isFound = false;
        var at = objectAt + 1;
        while (JsonExtent.TryTakeMember(line, ref at, out var key, out var found))
        {
            if (line[key].SequenceEqual(name))
            {
                (isFound, value) = (true, found);
            }
        }

        return isFound;
    }

    /// <summary>The place of an array's first element, or of its closing bracket.</summary>
    public static int FirstElement(ReadOnlySpan<byte> line, int arrayAt) => JsonSyntax.SkipSpace(line, arrayAt + 1);

    /// <summary>Takes an element of an array; false, and the place 0, at its end.</summary>
    public static bool TryTake(ReadOnlySpan<byte> line, ref int at, out Range element)
    {
        element = default;
        if (at == 0 || JsonSyntax.ByteAt(line, at) == ']')
        {
            at = 0;
            return false;
        }

        var end = JsonExtent.EndOfValue(line, at);
        element = at..end;
        at = JsonSyntax.SkipSpace(line, end);
        at = JsonSyntax.ByteAt(line, at) == ',' ? JsonSyntax.SkipSpace(line, at + 1) : at;
        return true;
    }

    bool OpenScopes(ReadOnlySpan<byte> line, int resource)
    {
        Resource = TryFind(line, resource, "resource"u8, out var found) && line[found.Start] == '{' ? found : default;
        if (!TryFind(line, resource, "scopeLogs"u8, out var scopes) || line[scopes.Start] != '[')
        {
            return false;
        }

        _scopes = FirstElement(line, scopes.Start.Value);
        return true;
    }

    void OpenRecords(ReadOnlySpan<byte> line, int scope)
    {
        Scope = TryFind(line, scope, "scope"u8, out var found) && line[found.Start] == '{' ? found : default;
        if (TryFind(line, scope, "logRecords"u8, out var records) && line[records.Start] == '[')
        {
            _records = FirstElement(line, records.Start.Value);
        }
    }
}
