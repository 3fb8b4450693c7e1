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
    public Task<LakeSnapshot> ReadAsync(LakeTable lake, CancellationToken cancellationToken) => At is { } at ? lake.ReadAtAsync(at, cancellationToken) : lake.ReadAsync(cancellationToken);
}
