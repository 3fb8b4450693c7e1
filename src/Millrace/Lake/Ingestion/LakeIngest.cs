using Millrace.Lake.Delta;
using Millrace.Queries;
using Millrace.Sources;

namespace Millrace.Lake.Ingestion;

/// <summary>
/// Reads raw logs into the lake, batch by batch. A batch is one commit: its data files are written first, then the log names them together with what was read of which source. A process that dies
/// in between leaves files that nothing names, and a rerun reads the same again; sources that are in are not read twice, whoever brought them in.
/// </summary>
/// <param name="lake">The lake; made where there is none.</param>
/// <param name="options">How to read and to write.</param>
public sealed class LakeIngest(LakeTable lake, IngestOptions options)
{
    long _sources;
    long _known;
    long _events;
    long _rejects;
    long _files;
    long _bytes;
    long _retries;
    LakeSnapshot? _snapshot;

    /// <summary>Tells of each batch's scan while it runs.</summary>
    public Action<QuerySession> Scanning { get; init; } = static _ => { };

    /// <summary>Tells of each batch's scan once its events are committed.</summary>
    public Action<QuerySession> Scanned { get; init; } = static _ => { };

    /// <summary>Ingests what the sources hold and the lake does not.</summary>
    public async Task<IngestResult> RunAsync(IReadOnlyList<string> sources, CancellationToken cancellationToken)
    {
        var resolved = await options.Query.Sources.ResolveAsync(sources, null, null, cancellationToken).ConfigureAwait(false);
        return await RunAsync(resolved.Files, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Ingests what files hold and the lake does not.</summary>
    public async Task<IngestResult> RunAsync(IReadOnlyList<LogFile> files, CancellationToken cancellationToken)
    {
        _snapshot = await lake.TryReadAsync(cancellationToken).ConfigureAwait(false);
        foreach (var batch in Batches(files))
        {
            await IngestAsync(batch, cancellationToken).ConfigureAwait(false);
        }

        return new IngestResult(_snapshot?.Version ?? -1, _sources, _known, _events, _rejects, _files, _bytes, _retries);
    }

    IEnumerable<IReadOnlyList<LogFile>> Batches(IReadOnlyList<LogFile> files)
    {
        var batch = new List<LogFile>();
        long bytes = 0;
        foreach (var file in files)
        {
            var size = (file.Length ?? 0) * (file.Name.EndsWith(".gz", StringComparison.Ordinal) || file.Name.EndsWith(".zst", StringComparison.Ordinal) ? 8 : 1);
            if (batch.Count > 0 && bytes + size > options.BatchBytes)
            {
                yield return batch;
                (batch, bytes) = ([], 0);
            }

            batch.Add(file);
            bytes += size;
        }

        if (batch.Count > 0)
        {
            yield return batch;
        }
    }

    async Task IngestAsync(IReadOnlyList<LogFile> files, CancellationToken cancellationToken)
    {
        while (true)
        {
            var ledger = new SourceLedger(_snapshot);
            PendingSource[] pending = [.. files.Select(file => ledger.Pending(file, options.Query.Warn, cancellationToken)).OfType<PendingSource>()];
            if (pending.Length == 0)
            {
                _known += files.Count;
                return;
            }

            using var batch = new IngestBatch(lake.Storage, options, [.. pending.Select(source => source.File)], cancellationToken);
            Scanning(batch.Session);
            var written = await batch.WriteAsync().ConfigureAwait(false);
            if (await TryCommitAsync(pending, written, batch.Session, cancellationToken).ConfigureAwait(false))
            {
                _known += files.Count - pending.Length;
                Count(pending, written, batch.Session);
                Scanned(batch.Session);
                return;
            }

            // What was written is named by nothing; another writer has brought in some of the same. What is left is read again.
            _retries++;
            foreach (var file in written)
            {
                await lake.DeleteAsync(file, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    async Task<bool> TryCommitAsync(PendingSource[] pending, IReadOnlyList<LakeFile> written, QuerySession session, CancellationToken cancellationToken)
    {
        var isIn = false;
        _snapshot = await lake.Log.CommitAsync(
            basis =>
            {
                isIn = Array.TrueForAll(pending, source => (basis?.Marks.GetValueOrDefault(source.Mark.BytesKey) ?? 0) == source.From);
                return isIn ? Actions(basis, pending, written, session) : null;
            },
            cancellationToken).ConfigureAwait(false);
        return isIn;
    }

    List<DeltaAction> Actions(LakeSnapshot? basis, PendingSource[] pending, IReadOnlyList<LakeFile> written, QuerySession session)
    {
        var now = lake.Log.Now;
        var actions = new List<DeltaAction>();
        if (basis is null)
        {
            actions.Add(new DeltaAction.Protocol(DeltaAction.ReaderVersion, DeltaAction.WriterVersion));
            actions.Add(new DeltaAction.Metadata(new TableMetadata(Guid.NewGuid().ToString(), LakeSchema.Json(), [LakeSchema.Day], now)));
        }

        actions.AddRange(pending.Select(source => new DeltaAction.Mark(source.Mark.BytesKey, source.To, now)));
        actions.AddRange(pending.Where(source => session.Totals.Lines.ContainsKey(source.File.Name))
            .Select(source => new DeltaAction.Mark(source.Mark.LinesKey, session.Totals.Lines[source.File.Name], now)));
        actions.AddRange(written.Select(file => new DeltaAction.Add(file, ChangesData: true)));
        actions.Add(new DeltaAction.Info("WRITE", now, new Dictionary<string, string> { ["mode"] = "Append", ["sources"] = $"{pending.Length}" }));
        return actions;
    }

    void Count(PendingSource[] pending, IReadOnlyList<LakeFile> written, QuerySession session)
    {
        _sources += pending.Length;
        _events += written.Sum(file => file.Events);
        _rejects += session.Totals.Rejects;
        _files += written.Count;
        _bytes += written.Sum(file => file.Bytes);
    }
}
