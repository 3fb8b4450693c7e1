using System.Globalization;
using System.Security.Cryptography;
using Millrace.Sources;

namespace Millrace.Lake.Ingestion;

/// <summary>
/// What of a source is in the lake, as the log keeps it: two of Delta's transaction identifiers, of which one counts bytes and the other lines. An object is known by its name and ETag, a file by its name and
/// the hash of its beginning, so that one that has grown is told from one that was replaced.
/// </summary>
/// <param name="Name">The source's name.</param>
/// <param name="Identity">What tells this content from another of the name: <c>tag-ETAG</c>, or <c>head-LENGTH-HASH</c>.</param>
sealed record SourceMark(string Name, string Identity)
{
    const int HeadLength = 4096;
    const string Bytes = "bytes";
    const string Lines = "lines";
    const string HeadPrefix = "head-";

    /// <summary>The identifier that counts bytes.</summary>
    public string BytesKey => Key(Bytes);

    /// <summary>The identifier that counts lines.</summary>
    public string LinesKey => Key(Lines);

    /// <summary>The mark of a file as it is now.</summary>
    public static SourceMark Of(LogFile file, LogReader reader)
    {
        if (file.ContentTag is { } tag)
        {
            return new(file.Name, $"tag-{tag}");
        }

        var length = (int)Math.Min(file.Length ?? 0, HeadLength);
        return new(file.Name, string.Create(CultureInfo.InvariantCulture, $"{HeadPrefix}{length}-{HashOf(reader, length)}"));
    }

    /// <summary>Reads an identifier; false for one that is not of a source.</summary>
    public static bool TryParse(string key, out SourceMark mark, out bool countsBytes)
    {
        var parts = key.Split(':', 4);
        countsBytes = parts is ["source", Bytes, _, _];
        mark = countsBytes || parts is ["source", Lines, _, _] ? new SourceMark(parts[3], parts[2]) : null!;
        return mark is not null;
    }

    /// <summary>True where a file of the name begins as the one that the mark was made of.</summary>
    public bool IsOf(LogFile file, LogReader reader)
    {
        if (file.ContentTag is { } tag)
        {
            return Identity == $"tag-{tag}";
        }

        return Identity.Split('-') is ["head", var text, var hash]
            && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var length)
            && file.Length >= length && HashOf(reader, length) == hash;
    }

    static string HashOf(LogReader reader, int length)
    {
        var head = new byte[length];
        var read = reader.ReadAt(0, head);
        return Convert.ToHexStringLower(SHA256.HashData(head.AsSpan(0, read)))[..32];
    }

    string Key(string what) => $"source:{what}:{Identity}:{Name}";
}
