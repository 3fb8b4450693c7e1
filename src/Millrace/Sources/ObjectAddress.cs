namespace Millrace.Sources;

/// <summary>A place in an object store, written <c>s3://bucket/key</c>.</summary>
/// <param name="Bucket">The bucket's name; never empty.</param>
/// <param name="Key">A key, a prefix or a glob; empty for the whole bucket.</param>
public sealed record ObjectAddress(string Bucket, string Key)
{
    const string Scheme = "s3://";

    /// <summary>True where a text is meant as an address in an object store.</summary>
    public static bool IsAddress(string text) => text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads an address; a <see cref="UserException"/> where it names no bucket.</summary>
    public static ObjectAddress Parse(string text)
    {
        var rest = text[Scheme.Length..];
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        var bucket = slash < 0 ? rest : rest[..slash];
        return bucket.Length > 0 && !GlobPattern.IsGlob(bucket)
            ? new ObjectAddress(bucket, slash < 0 ? "" : rest[(slash + 1)..])
            : throw new UserException($"'{text}' names no bucket; write s3://BUCKET/PREFIX.", UserException.Usage);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Scheme}{Bucket}/{Key}";
}
