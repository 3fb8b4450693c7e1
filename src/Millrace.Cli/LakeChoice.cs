using Millrace.Lake;
using Millrace.Sources;

namespace Millrace.Cli;

/// <summary>A lake, and which version of it.</summary>
/// <param name="Path">A directory or <c>s3://bucket/prefix</c>.</param>
/// <param name="At">A version or a time; null for the newest.</param>
sealed record LakeChoice(string Path, string? At)
{
    /// <summary>The lake. Nothing is read of it yet.</summary>
    public LakeTable Open(IObjectStore store) => new(
        ObjectAddress.IsAddress(Path)
            ? new BucketStorage(ObjectAddress.Parse(Path), store, System.IO.Path.Join(System.IO.Path.GetTempPath(), "millrace-lake"))
            : new DirectoryStorage(Path),
        TimeProvider.System);

    /// <summary>The version that is asked for.</summary>
    /// <param name="lake">The lake.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <param name="filesOnly">True for a query, which asks for files alone.</param>
    public Task<LakeSnapshot> ReadAsync(LakeTable lake, CancellationToken cancellationToken, bool filesOnly = false) =>
        At is { } at ? lake.ReadAtAsync(at, cancellationToken) : lake.ReadAsync(cancellationToken, filesOnly);
}
