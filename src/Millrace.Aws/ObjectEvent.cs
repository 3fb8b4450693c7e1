namespace Millrace.Aws;

/// <summary>A notification that an object was stored.</summary>
/// <param name="Bucket">The bucket's name.</param>
/// <param name="Key">The object's key, decoded.</param>
/// <param name="Size">Its size in bytes; 0 where the notification does not say.</param>
/// <param name="Time">When it was stored, where the notification says.</param>
public sealed record ObjectEvent(string Bucket, string Key, long Size, DateTimeOffset? Time);
