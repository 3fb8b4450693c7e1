using Millrace.Lake.Delta;

namespace Millrace.Lake;

/// <summary>The lake as of one version: which files are committed, and what was ingested.</summary>
public sealed class LakeSnapshot
{
    internal LakeSnapshot(long version, DateTimeOffset committed, IReadOnlyDictionary<string, LakeFile> files, LakeMarks marks, IReadOnlyDictionary<string, long> removed, TableMetadata metadata) =>
        (Version, Committed, Files, Marks, Removed, Metadata) = (version, committed, files, marks, removed, metadata);

    /// <summary>The version: the number of the last commit, from 0.</summary>
    public long Version { get; }

    /// <summary>When the last commit was made.</summary>
    public DateTimeOffset Committed { get; }

    /// <summary>The committed files by their paths.</summary>
    public IReadOnlyDictionary<string, LakeFile> Files { get; }

    /// <summary>How far each source, and whoever else brings events in, has been read.</summary>
    public LakeMarks Marks { get; }

    /// <summary>Files that were taken out, by path, with the time (milliseconds since 1970) of the commit that did.</summary>
    public IReadOnlyDictionary<string, long> Removed { get; }

    internal TableMetadata Metadata { get; }
}
