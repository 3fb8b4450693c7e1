namespace Millrace.Lake.Delta;

/// <summary>What the actions of a log add up to.</summary>
sealed class TableState
{
    readonly Dictionary<string, LakeFile> _files;
    readonly Dictionary<string, long> _marks;
    readonly Dictionary<string, long> _removed;
    DeltaAction.Protocol? _protocol;
    TableMetadata? _metadata;
    long _committed;

    /// <summary>What no action adds up to.</summary>
    public TableState() => (_files, _marks, _removed) = (new(StringComparer.Ordinal), new(StringComparer.Ordinal), new(StringComparer.Ordinal));

    /// <summary>The same, to go on from.</summary>
    public TableState(TableState other) => (_files, _marks, _removed, _protocol, _metadata, _committed) = (
        new(other._files, StringComparer.Ordinal), new(other._marks, StringComparer.Ordinal), new(other._removed, StringComparer.Ordinal), other._protocol, other._metadata, other._committed);

    public void Apply(DeltaAction? action)
    {
        switch (action)
        {
            case DeltaAction.Protocol protocol:
                _protocol = protocol;
                break;
            case DeltaAction.Metadata metadata:
                _metadata = metadata.Table;
                break;
            case DeltaAction.Add add:
                _files[add.File.Path] = add.File;
                _removed.Remove(add.File.Path);
                break;
            case DeltaAction.Remove remove:
                _files.Remove(remove.File.Path);
                _removed[remove.File.Path] = remove.At;
                break;
            case DeltaAction.Mark mark:
                _marks[mark.Application] = mark.Value;
                break;
            case DeltaAction.Info info:
                _committed = info.At;
                break;
        }
    }

    /// <summary>The state as a snapshot. Throws a <see cref="UserException"/> where we may not read it, or where other columns part the table.</summary>
    public LakeSnapshot Snapshot(long version, string name, IReadOnlyList<string> partitionColumns)
    {
        if (_protocol is null || _metadata is null)
        {
            throw new UserException($"'{name}' has a log without the actions that every Delta table begins with. The log is damaged; restore it from a copy.");
        }

        if (_protocol.Reader > DeltaAction.ReaderVersion || _protocol.Writer > DeltaAction.WriterVersion)
        {
            throw new UserException(
                $"The lake '{name}' asks for version {_protocol.Reader} of the Delta protocol to be read and {_protocol.Writer} to be written; this Millrace knows {DeltaAction.ReaderVersion} and {DeltaAction.WriterVersion}. A newer program has upgraded it: use that one, or a newer Millrace.");
        }

        if (!_metadata.PartitionColumns.SequenceEqual(partitionColumns))
        {
            throw new UserException($"'{name}' holds a Delta table that Millrace has not made (it is parted by {string.Join(", ", _metadata.PartitionColumns)}). Name another directory with --lake.");
        }

        return new LakeSnapshot(version, DateTimeOffset.FromUnixTimeMilliseconds(_committed), _files, new LakeMarks(_marks, name), _removed, _metadata);
    }
}
