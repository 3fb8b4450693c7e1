using Millrace.Queries;
using Millrace.Queries.DuckDb;
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
    long _waiting;
    long _commits;
    long _events;
    long _rejects;
    long _files;
    long _bytes;
    long _retries;
    readonly List<string> _unread = [];
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
        using var numbers = new TextNumbers(options.RepeatedTextBytes);
        foreach (var batch in Batches(files))
        {
            await IngestAsync(batch, numbers, cancellationToken).ConfigureAwait(false);
        }

        if (_snapshot is not null)
        {
            await lake.Metrics.FollowAsync(_snapshot, cancellationToken).ConfigureAwait(false);
        }

        return new IngestResult(_snapshot?.Version ?? -1, _sources, _known, _events, _rejects, _files, _bytes, _retries) { Commits = _commits, Waiting = _waiting, Unread = _unread };
    }

    IEnumerable<IReadOnlyList<LogFile>> Batches(IReadOnlyList<LogFile> files)
    {
        var batch = new List<LogFile>();
        long bytes = 0;
        foreach (var file in files)
        {
            var size = IngestOptions.Weight(file.Name, file.Length ?? 0);
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

    async Task IngestAsync(IReadOnlyList<LogFile> files, TextNumbers numbers, CancellationToken cancellationToken)
    {
        while (files.Count > 0)
        {
            var sorted = new SourceLedger(_snapshot, options.Query.Warn, cancellationToken).Sort(files);
            if (sorted.Pending.Count == 0 || await TryIngestAsync(sorted.Pending, numbers, cancellationToken).ConfigureAwait(false))
            {
                _known += sorted.Known;
                _waiting += sorted.Waiting;
                files = sorted.Later;
            }
        }
    }

    /// <summary>Ingests what is pending; false where another writer has brought in some of the same, so that what is left must be read again.</summary>
    async Task<bool> TryIngestAsync(IReadOnlyList<PendingSource> pending, TextNumbers numbers, CancellationToken cancellationToken)
    {
        using var batch = new IngestBatch(lake.Storage, options, [.. pending.Select(source => source.File)], numbers, cancellationToken);
        Scanning(batch.Session);
        var written = await batch.WriteAsync().ConfigureAwait(false);
        foreach (var source in pending)
        {
            source.Seen?.Verify(cancellationToken);
        }

        // What has no line, or no format that can be told, is not in.
        var lines = batch.Session.Totals.Lines;
        PendingSource[] read = [.. pending.Where(source => lines.ContainsKey(source.File.Name))];
        await TellAsync(batch, read, written, cancellationToken).ConfigureAwait(false);
        if (read.Length == 0 || await TryCommitAsync(read, written, batch.Session, cancellationToken).ConfigureAwait(false))
        {
            _commits += read.Length == 0 ? 0 : 1;
            Count(read, written, batch.Session);
            _unread.AddRange(pending.Except(read).Select(source => source.File.Name));
            Scanned(batch.Session);
            return true;
        }

        // What was written is named by nothing.
        _retries++;
        foreach (var file in written)
        {
            await lake.DeleteAsync(file, cancellationToken).ConfigureAwait(false);
        }

        return false;
    }

    /// <summary>Lets who asked for it look at the batch. Where that fails, nothing is left of what was written.</summary>
    async Task TellAsync(IngestBatch batch, PendingSource[] read, IReadOnlyList<LakeFile> written, CancellationToken cancellationToken)
    {
        if (options.BeforeCommit is not { } beforeCommit || read.Length == 0)
        {
            return;
        }

        try
        {
            await beforeCommit(new StagedBatch(batch.Session, batch.EventsSql, [.. read.Select(source => source.Staged)]), cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            foreach (var file in written)
            {
                await lake.DeleteAsync(file, CancellationToken.None).ConfigureAwait(false);
            }

            throw;
        }
    }

    async Task<bool> TryCommitAsync(PendingSource[] pending, IReadOnlyList<LakeFile> written, QuerySession session, CancellationToken cancellationToken)
    {
        var lines = session.Totals.Lines;
        var commit = new LakeCommit(written, [.. pending.Select(source => source.Change(lines[source.File.Name]))]);
        (var isIn, _snapshot) = await commit.TryAsync(lake, cancellationToken).ConfigureAwait(false);
        return isIn;
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
