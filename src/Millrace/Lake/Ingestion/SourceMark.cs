using System.Globalization;

namespace Millrace.Lake.Ingestion;

/// <summary>
/// What of a source is in the lake, as the log keeps it: Delta's transaction identifiers, of which one counts bytes, one lines, and one holds a hash of the last bytes that were read. An object is known by its name
/// and ETag, a file by its name and the hash of its beginning, so that one that has grown is told from one that was replaced.
/// </summary>
/// <param name="Name">The source's whole path or address.</param>
/// <param name="Identity">What tells this content from another of the name: <c>tag-ETAG</c>, or <c>head-LENGTH-HASH</c>, where need be with a number behind it.</param>
sealed record SourceMark(string Name, string Identity)
{
    const string Bytes = "bytes";
    const string Lines = "lines";
    const string Tail = "tail";
    const string TagPrefix = "tag-";

    /// <summary>The identifier that counts bytes.</summary>
    public string BytesKey => Key(Bytes);

    /// <summary>The identifier that counts lines.</summary>
    public string LinesKey => Key(Lines);

    /// <summary>The identifier that holds the hash of the last bytes.</summary>
    public string TailKey => Key(Tail);

    /// <summary>The mark of an object.</summary>
    public static SourceMark OfObject(string name, string tag) => new(name, TagPrefix + tag);

    /// <summary>The mark of a file that begins so; of several files that had the name and begin alike, the <paramref name="count"/>th.</summary>
    public static SourceMark OfFile(string name, int headLength, string hash, int count) =>
        new(name, string.Create(CultureInfo.InvariantCulture, $"head-{headLength}-{hash}{(count > 1 ? $"-{count}" : "")}"));

    /// <summary>Reads an identifier that counts bytes; false for one that does not.</summary>
    public static bool TryParse(string key, out SourceMark mark)
    {
        mark = key.Split(':', 4) is ["source", Bytes, var identity, var name] ? new SourceMark(name, identity) : null!;
        return mark is not null;
    }

    /// <summary>The length and the hash of a file's beginning; false for an object.</summary>
    public bool TryGetHead(out int length, out string hash)
    {
        (length, hash) = (0, "");
        if (Identity.Split('-') is not ["head", var text, var found, ..] || !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out length))
        {
            return false;
        }

        hash = found;
        return true;
    }

    string Key(string what) => $"source:{what}:{Identity}:{Name}";
}
