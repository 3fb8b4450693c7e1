namespace Millrace.Queries.DuckDb;

/// <summary>Reads the values of parameters. Each is destroyed once read.</summary>
static class NativeValue
{
    /// <summary>A text; null where the parameter is missing or NULL.</summary>
    public static string? Text(nint value)
    {
        if (value == 0)
        {
            return null;
        }

        try
        {
            return Native.IsNullValue(value) ? null : Native.TakeText(Native.GetVarchar(value));
        }
        finally
        {
            Native.DestroyValue(ref value);
        }
    }

    /// <summary>
    /// A point in time as text; null where the parameter is missing or NULL. A TIMESTAMP is UTC, as in the tables, and is marked so; a text, and a DATE, say no zone.
    /// </summary>
    public static string? Instant(nint value)
    {
        var isTimestamp = value != 0 && Native.GetTypeId(Native.GetValueType(value)) is (DuckDbType.Timestamp or DuckDbType.TimestampS or DuckDbType.TimestampMs or DuckDbType.TimestampNs);
        return Text(value) is { } text ? isTimestamp ? text + "Z" : text : null;
    }

    /// <summary>A text or a list of texts.</summary>
    public static IReadOnlyList<string> Texts(nint value)
    {
        if (value == 0 || Native.GetTypeId(Native.GetValueType(value)) != DuckDbType.List)
        {
            return [Text(value) ?? throw new UserException("logs() needs a source: a path, a glob, a directory, '-' or s3://bucket/prefix, or a list of them.", UserException.Usage)];
        }

        try
        {
            var texts = new List<string>();
            for (ulong i = 0; i < Native.GetListSize(value); i++)
            {
                texts.Add(Text(Native.GetListChild(value, i)) ?? throw new UserException("A source in the list of logs() is NULL.", UserException.Usage));
            }

            return texts;
        }
        finally
        {
            Native.DestroyValue(ref value);
        }
    }
}
