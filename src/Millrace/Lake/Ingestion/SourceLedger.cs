using System.Globalization;
using Millrace.Sources;

namespace Millrace.Lake.Ingestion;

/// <summary>Says of each file what of it is not in the lake yet.</summary>
sealed class SourceLedger
{
    readonly ILookup<string, (SourceMark Mark, long Bytes)> _byName;
    readonly LakeSnapshot? _snapshot;

    public SourceLedger(LakeSnapshot? snapshot)
    {
        _snapshot = snapshot;
        _byName = (snapshot?.Marks ?? new Dictionary<string, long>())
            .Select(mark => (IsSource: SourceMark.TryParse(mark.Key, out var source, out var countsBytes) && countsBytes, Mark: source, Bytes: mark.Value))
            .Where(mark => mark.IsSource)
            .ToLookup(mark => mark.Mark.Name, mark => (mark.Mark, mark.Bytes), StringComparer.Ordinal);
    }

    /// <summary>What is to be read of a file; null where all of it is in.</summary>
    /// <param name="file">The file.</param>
    /// <param name="warn">Takes a sentence where the file cannot be read on.</param>
    /// <param name="cancellationToken">Ends a wait for a network.</param>
    public PendingSource? Pending(LogFile file, Action<string> warn, CancellationToken cancellationToken)
    {
        if (file.Length is null)
        {
            throw new UserException($"'{file.Name}' cannot be ingested: what comes through a pipe has no name by which it would be known again. Write it to a file first.", UserException.Usage);
        }

        using var reader = file.Open(cancellationToken);
        foreach (var (mark, bytes) in _byName[file.Name])
        {
            if (mark.IsOf(file, reader))
            {
                return file.Length == bytes ? null : Grown(file, reader, mark, bytes, warn);
            }
        }

        return new PendingSource(SourceMark.Of(file, reader), file, 0, file.Length.Value);
    }

    PendingSource? Grown(LogFile file, LogReader reader, SourceMark mark, long bytes, Action<string> warn)
    {
        if (file.Length < bytes)
        {
            warn(string.Create(CultureInfo.InvariantCulture, $"'{file.Name}' is shorter than what was ingested of it ({file.Length:N0} of {bytes:N0} bytes); nothing new was read of it."));
            return null;
        }

        Span<byte> magic = stackalloc byte[Compression.MagicBytes];
        var stored = Compression.Detect(magic[..reader.ReadAt(0, magic)]);
        var added = Compression.Detect(magic[..reader.ReadAt(bytes, magic)]);
        if (stored != added)
        {
            warn($"'{file.Name}' is compressed and has grown by something that is not compressed alike; what was added was not read.");
            return null;
        }

        var lines = _snapshot!.Marks.GetValueOrDefault(mark.LinesKey);
        return new PendingSource(mark, new FilePart(file, bytes, file.Length!.Value - bytes, lines), bytes, file.Length.Value);
    }
}
