namespace Millrace.Sources.Arrivals;

/// <summary>Which objects some <c>s3://</c> sources stand for, whether they are there yet or not.</summary>
public sealed class ObjectScope
{
    readonly List<Part> _parts;

    /// <summary>The scope of sources as the user wrote them. Throws a <see cref="UserException"/> for one that names no bucket.</summary>
    public ObjectScope(IEnumerable<string> sources) => _parts = [.. sources.Select(ObjectAddress.Parse).SelectMany(Parts)];

    /// <summary>The buckets and prefixes to list.</summary>
    public IEnumerable<ObjectAddress> Prefixes => _parts.Select(part => new ObjectAddress(part.Bucket, part.Prefix)).Distinct();

    /// <summary>True where an object is one of those meant.</summary>
    public bool Contains(string bucket, string key) => !UnfinishedNames.IsUnfinished(key) && _parts.Exists(part => part.Bucket == bucket && part.Contains(key));

    static IEnumerable<Part> Parts(ObjectAddress address) => GlobPattern.IsGlob(address.Key)
        ? GlobPattern.Parse(address.Key).Select(pattern => new Part(address.Bucket, pattern.Prefix, pattern))
        : [new Part(address.Bucket, address.Key, null)];

    sealed record Part(string Bucket, string Prefix, GlobPattern? Pattern)
    {
        public bool Contains(string key) => key.StartsWith(Prefix, StringComparison.Ordinal)
            && (Pattern is { } pattern ? pattern.IsMatch(key[pattern.Root.Length..]) : !HiddenNames.IsHidden(key, Prefix.Length));
    }
}
