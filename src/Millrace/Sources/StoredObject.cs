namespace Millrace.Sources;

/// <summary>An object in a bucket.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="LastModified">When it was stored.</param>
/// <param name="ETag">The store's name for this very content, with no quotes.</param>
public sealed record StoredObject(string Key, long Size, DateTimeOffset LastModified, string ETag);
