using System.Globalization;
using Millrace.Sources;

namespace Millrace.Lake.Ingestion;

/// <summary>
/// Says of each file what of it is not in the lake yet. Files go on under other names: a log that was rotated is found by its stem, its beginning and the last bytes that were read, also where it has
/// been compressed since.
/// </summary>
/// <param name="snapshot">The lake; null where there is none yet.</param>
/// <param name="warn">Takes a sentence where a file cannot be read on.</param>
/// <param name="cancellationToken">Ends a wait for a network.</param>
sealed class SourceLedger(LakeSnapshot? snapshot, Action<string> warn, CancellationToken cancellationToken)
{
    readonly LedgerEntries _entries = new(snapshot);

    /// <summary>Sorts files. Of several that one mark may be of, one is pending and the others wait for it.</summary>
    public SortedSources Sort(IReadOnlyList<LogFile> files)
    {
        var pending = new List<PendingSource>();
        var later = new List<LogFile>();
        var (known, waiting) = (0, 0);
        foreach (var file in files)
        {
            switch (Look(file))
            {
                case (LedgerAnswer.Pending, { } source):
                    _entries.Claim(source.Mark);
                    pending.Add(source);
                    break;
                case (LedgerAnswer.Later, _):
                    later.Add(file);
                    break;
                case (LedgerAnswer.Waiting, _):
                    waiting++;
                    break;
                default:
                    known++;
                    break;
            }
        }

        return new SortedSources(pending, later, known, waiting);
    }

    (LedgerAnswer Answer, PendingSource? Source) Look(LogFile file)
    {
        if (file.Length is not { } length)
        {
            throw new UserException($"'{file.Name}' cannot be ingested: what comes through a pipe has no name by which it would be known again. Write it to a file first.", UserException.Usage);
        }

        if (length == 0)
        {
            return (LedgerAnswer.Waiting, null);
        }

        if (file.ContentTag is { } tag)
        {
            var mark = SourceMark.OfObject(file.Identity, tag);
            return _entries.Find(mark) is { } entry ? (entry.IsClaimed ? LedgerAnswer.Later : LedgerAnswer.Known, null) : Pending(new PendingSource(mark, file, null, length));
        }

        using var reader = file.Open(cancellationToken);
        return KindAt(reader, 0) == CompressionKind.None ? LookAtPlain(file, reader, length) : LookAtCompressed(file, reader, length);
    }

    (LedgerAnswer Answer, PendingSource? Source) LookAtPlain(LogFile file, LogReader reader, long length)
    {
        var to = file.IsGrowing ? LineEnds.Last(reader, length) : length;
        if (to == 0)
        {
            return (LedgerAnswer.Waiting, null);
        }

        var (answer, from) = Continued(file, reader, length);
        return answer is { } known ? (known, null)
            : from is null ? Pending(New(file, reader, to))
            : to <= from.Bytes ? (LedgerAnswer.Known, null)
            : Pending(new PendingSource(from.Mark, new FilePart(file, from.Bytes, to - from.Bytes, from.Lines) { IsNamed = file.IsNamed }, from.Position, to)
            {
                Tail = Fingerprint.Tail(reader, to),
                Seen = SeenFile.Of(file, reader, to),
            });
    }

    (LedgerAnswer Answer, PendingSource? Source) LookAtCompressed(LogFile file, LogReader reader, long length)
    {
        var (answer, from) = Continued(file, reader, length);
        if (answer is { } known)
        {
            return (known, null);
        }

        if (from is null)
        {
            return LookInside(file, reader, length);
        }

        if (from.Bytes == length)
        {
            return (LedgerAnswer.Known, null);
        }

        if (KindAt(reader, 0) != KindAt(reader, from.Bytes))
        {
            warn($"'{file.Name}' is compressed and has grown by something that is not compressed alike; what was added was not read.");
            return (LedgerAnswer.Known, null);
        }

        return Pending(new PendingSource(from.Mark, new FilePart(file, from.Bytes, length - from.Bytes, from.Lines) { IsNamed = file.IsNamed }, from.Position, length)
        {
            Tail = Fingerprint.Tail(reader, length),
            Seen = SeenFile.Of(file, reader, length),
        });
    }

    /// <summary>A compressed file that is new: perhaps a rotated log that has been read before it was compressed, or one that is still being written.</summary>
    (LedgerAnswer Answer, PendingSource? Source) LookInside(LogFile file, LogReader reader, long length)
    {
        var head = file.ReadHead(Fingerprint.HeadLength, cancellationToken).Bytes;
        foreach (var entry in _entries.OfStem(file.Identity).Where(entry => entry.HeadLength <= head.Length && Fingerprint.Head(head.AsSpan(0, entry.HeadLength)) == entry.HeadHash))
        {
            if (entry.IsClaimed)
            {
                return (LedgerAnswer.Later, null);
            }

            using var inside = file.Open(cancellationToken);
            using var stream = Compression.Decompress(inside.OpenStream());
            var (tail, end, size) = Fingerprint.Tails(stream, entry.Bytes);
            if (file.IsGrowing && stream.Problem is not null)
            {
                return (LedgerAnswer.Waiting, null);
            }

            if (size >= entry.Bytes && entry.HasTail(tail))
            {
                return size == entry.Bytes ? (LedgerAnswer.Known, null) : Pending(
                    new PendingSource(entry.Mark, new SkippedFile(file, entry.Bytes, size - entry.Bytes, entry.Lines) { IsNamed = file.IsNamed }, entry.Position, size) { Tail = end, Seen = SeenFile.Of(file, reader, length) });
            }
        }

        return file.IsGrowing && !IsWhole(file) ? (LedgerAnswer.Waiting, null) : Pending(New(file, reader, length));
    }

    bool IsWhole(LogFile file)
    {
        using var inside = file.Open(cancellationToken);
        using var stream = Compression.Decompress(inside.OpenStream());
        Fingerprint.Tails(stream, 0);
        return stream.Problem is null;
    }

    /// <summary>The entry of which the file is the continuation, or the whole; else an answer, or nothing where the file is new.</summary>
    (LedgerAnswer? Answer, LedgerEntry? From) Continued(LogFile file, LogReader reader, long length)
    {
        LedgerEntry? from = null;
        LedgerEntry? longer = null;
        var heads = new Dictionary<int, string>();
        string Head(int headLength) => heads.TryGetValue(headLength, out var hash) ? hash : heads[headLength] = Fingerprint.Head(reader, headLength);
        foreach (var entry in _entries.OfStem(file.Identity).Where(entry => entry.HeadLength <= length && Head(entry.HeadLength) == entry.HeadHash))
        {
            if (entry.IsClaimed)
            {
                return (LedgerAnswer.Later, null);
            }

            if (entry.Bytes > length)
            {
                longer = entry.Mark.Name == file.Identity ? entry : longer;
            }
            else if (entry.Bytes >= (from?.Bytes ?? 0) && entry.HasTail(Fingerprint.Tail(reader, entry.Bytes)))
            {
                from = entry;
            }
        }

        if (from is not null || longer is null)
        {
            return (null, from);
        }

        warn(string.Create(CultureInfo.InvariantCulture, $"'{file.Name}' is shorter than what was ingested of it ({length:N0} of {longer.Bytes:N0} bytes); nothing new was read of it."));
        return (LedgerAnswer.Known, null);
    }

    PendingSource New(LogFile file, LogReader reader, long to)
    {
        var headLength = SeenFile.HeadOf(to);
        var hash = Fingerprint.Head(reader, headLength);
        var count = 1;
        SourceMark mark;
        while (_entries.Find(mark = SourceMark.OfFile(file.Identity, headLength, hash, count)) is not null)
        {
            count++;
        }

        // A compressed file may grow while it is read from front to back, and a plain one may end in half a line.
        return new PendingSource(mark, new FilePart(file, 0, to, 0) { IsNamed = file.IsNamed }, null, to) { Tail = Fingerprint.Tail(reader, to), Seen = SeenFile.Of(file, reader, to) };
    }

    static (LedgerAnswer Answer, PendingSource? Source) Pending(PendingSource source) => (LedgerAnswer.Pending, source);

    static CompressionKind KindAt(LogReader reader, long offset)
    {
        Span<byte> magic = stackalloc byte[Compression.MagicBytes];
        return Compression.Detect(magic[..reader.ReadAt(offset, magic)]);
    }
}
