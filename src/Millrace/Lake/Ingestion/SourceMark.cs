using System.Globalization;

namespace Millrace.Lake.Ingestion;

/// <summary>
/// What of a source is in the lake, as the log keeps it: Delta's transaction identifiers, of which one counts bytes, one lines, and one holds a hash of the
/// last bytes that were read. An object is known by its name and ETag, a file by its name and the hash of its beginning, so that one that has grown is told
/// from one that was replaced.
/// </summary>
/// <param name="Name">The source's whole path or address.</param>
/// <param name="Identity">
/// What tells this content from another of the name: <c>tag-ETAG</c>, or <c>head-LENGTH-HASH</c>, where need be with a number behind it.
/// </param>
sealed record SourceMark(string Name, string Identity)
{
    const string Bytes = "bytes";
    const string Lines = "lines";
    const string Tail = "tail";
    const string TagPrefix = "tag-";
    const string HeadPrefix = "head-";
    const string OwnerPrefix = "source:";
    const string BytesPrefix = OwnerPrefix + Bytes + ":";

    /// <summary>The source as the owner of a <see cref="LakeMark"/>.</summary>
    public string Owner => $"{OwnerPrefix}{Identity}:{Name}";

    /// <summary>The mark of an object.</summary>
    public static SourceMark OfObject(string name, string tag) => new(name, TagPrefix + tag);

    /// <summary>The mark of a file that begins so; of several files that had the name and begin alike, the <paramref name="count"/>th.</summary>
    public static SourceMark OfFile(string name, int headLength, string hash, int count) =>
        new(name, string.Create(CultureInfo.InvariantCulture, $"{HeadPrefix}{headLength}-{hash}{(count > 1 ? $"-{count}" : "")}"));

    /// <summary>Reads an identifier that counts bytes; false for one that does not.</summary>
    public static bool TryParse(string key, out SourceMark mark)
    {
        mark = key.StartsWith(BytesPrefix, StringComparison.Ordinal) && key.Split(':', 4) is [_, _, var identity, var name]
            ? new SourceMark(name, identity)
            : null!;
        return mark is not null;
    }

    /// <summary>Reads an owner; false for one that is not a source, as one whose name only looks like an identifier of a source is not.</summary>
    public static bool TryParseOwner(string owner, out SourceMark mark)
    {
        mark = owner.StartsWith(OwnerPrefix, StringComparison.Ordinal) && owner.Split(':', 3) is [_, var identity, var name] && IsIdentity(identity)
            ? new SourceMark(name, identity)
            : null!;
        return mark is not null;
    }

    /// <summary>The owner of the mark that an identifier counts the bytes of; null for any other identifier.</summary>
    public static string? OwnerOf(string key) => TryParse(key, out var mark) && IsIdentity(mark.Identity) ? mark.Owner : null;

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

    /// <summary>How far the source has been read; null where nothing of it was.</summary>
    public SourcePosition? PositionIn(IReadOnlyDictionary<string, long> transactions) => transactions.TryGetValue(Key(Bytes), out var bytes)
        ? new SourcePosition(bytes, transactions.GetValueOrDefault(Key(Lines)), transactions.TryGetValue(Key(Tail), out var tail) ? tail : null)
        : null;

    /// <summary>A position as transaction identifiers.</summary>
    public IEnumerable<KeyValuePair<string, long>> Encode(SourcePosition position)
    {
        yield return new(Key(Bytes), position.Bytes);
        yield return new(Key(Lines), position.Lines);
        if (position.Tail is { } tail)
        {
            yield return new(Key(Tail), tail);
        }
    }

    static bool IsIdentity(string text) => text.StartsWith(TagPrefix, StringComparison.Ordinal) || text.StartsWith(HeadPrefix, StringComparison.Ordinal);

    string Key(string what) => $"{OwnerPrefix}{what}:{Identity}:{Name}";
}
