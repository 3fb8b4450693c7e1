namespace Millrace.Lake.Retention;

/// <summary>One rule by which S3 moves data files of a lake to a colder storage class.</summary>
/// <param name="Id">Its name in the bucket's lifecycle.</param>
/// <param name="Prefix">What the keys begin with.</param>
/// <param name="Days">After how many days from their creation.</param>
/// <param name="StorageClass">The class as S3 writes it.</param>
public sealed record StorageTransition(string Id, string Prefix, int Days, string StorageClass);
