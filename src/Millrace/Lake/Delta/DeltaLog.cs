using System.Globalization;
using System.Text.Json;

namespace Millrace.Lake.Delta;

/// <summary>
/// The commit log of a table: numbered files, each written only if it is not there, so that of several writers one wins each number. A reader sees what the files up to a
/// number say, and nothing else.
/// </summary>
/// <param name="storage">The lake.</param>
/// <param name="table">The table's folder in it.</param>
/// <param name="partitionColumns">The columns that part the table.</param>
/// <param name="clock">Stamps commits.</param>
sealed class DeltaLog(ILakeStorage storage, string table, IReadOnlyList<string> partitionColumns, TimeProvider clock)
{
    const int CommitsPerCheckpoint = 10;
    const int MostAttempts = 100;

    readonly string _folder = $"{table}/_delta_log";
    readonly Checkpoint _checkpoint = new(storage, $"{table}/_delta_log");

    /// <summary>The newest version that was read: a writer would read all of the log again with each commit.</summary>
    Known? _known;

    /// <summary>Now, as the log writes it: milliseconds since 1970.</summary>
    public long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>The actions that every table begins with.</summary>
    /// <param name="schemaJson">The columns.</param>
    public IEnumerable<DeltaAction> Begin(string schemaJson) =>
    [
        new DeltaAction.Protocol(DeltaAction.ReaderVersion, DeltaAction.WriterVersion),
        new DeltaAction.Metadata(new TableMetadata(Guid.NewGuid().ToString(), schemaJson, partitionColumns, Now)),
    ];

    /// <summary>The newest version, or an older one; null where there is no table yet.</summary>
    /// <param name="version">The version to read; null for the newest.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <param name="filesOnly">True to leave out of it what is in of sources, and files that went out, as far as a checkpoint holds them: only writers and people need those, and they may be far more than the files.</param>
    public async Task<LakeSnapshot?> ReadAsync(long? version, CancellationToken cancellationToken, bool filesOnly = false)
    {
        var (state, next, latest) = await BeginAsync(version, filesOnly, cancellationToken).ConfigureAwait(false);
        while (version is null || next <= version)
        {
            if (await storage.ReadAsync(CommitPath(next), cancellationToken).ConfigureAwait(false) is not { } commit)
            {
                break;
            }

            Apply(state, commit, next);
            latest = commit;
            next++;
        }

        if (next == 0)
        {
            return null;
        }

        if (version is { } wanted && next <= wanted)
        {
            throw new UserException($"The lake '{storage.Name}' has no version {wanted}: the newest is {next - 1}. 'millrace lake status' shows it.", UserException.Usage);
        }

        var snapshot = state.Snapshot(next - 1, storage.Name, partitionColumns);
        if (!filesOnly && latest is not null && next - 1 >= (_known?.Version ?? 0))
        {
            _known = new Known(next - 1, latest, state);
        }

        return snapshot;
    }

    /// <summary>
    /// What is known of a version or one before, and the number of the first commit that is not in it: what was read last, if it is still what the log says, else the newest checkpoint.
    /// </summary>
    async Task<(TableState State, long Next, byte[]? Latest)> BeginAsync(long? version, bool filesOnly, CancellationToken cancellationToken)
    {
        if (_known is { } known && (version is null || version >= known.Version)
            && await storage.ReadAsync(CommitPath(known.Version), cancellationToken).ConfigureAwait(false) is { } there && there.AsSpan().SequenceEqual(known.Commit))
        {
            return (new TableState(known.State), known.Version + 1, known.Commit);
        }

        _known = null;
        var state = new TableState();
        var next = await _checkpoint.ReadAsync(state, version, filesOnly, cancellationToken).ConfigureAwait(false);
        if (next == 0 || await storage.ReadAsync(CommitPath(next - 1), cancellationToken).ConfigureAwait(false) is not { } latest)
        {
            return (state, next, null);
        }

        // Says nothing new but when the checkpoint's version was committed: its other lines, which may be tens of thousands, are not read.
        Apply(state, latest, next - 1, "commitInfo"u8.ToArray());
        return (state, next, latest);
    }

    /// <summary>The newest version that was committed at or before a time; null where none was.</summary>
    public async Task<LakeSnapshot?> ReadAsOfAsync(DateTimeOffset time, CancellationToken cancellationToken)
    {
        long? found = null;
        await foreach (var file in storage.ListAsync(_folder + "/", cancellationToken).ConfigureAwait(false))
        {
            if (VersionOf(file.Key) is { } version && await storage.ReadAsync(file.Key, cancellationToken).ConfigureAwait(false) is { } commit)
            {
                var at = Lines(commit).Select(line => DeltaAction.Read(line)).OfType<DeltaAction.Info>().FirstOrDefault()?.At ?? file.LastModified.ToUnixTimeMilliseconds();
                if (DateTimeOffset.FromUnixTimeMilliseconds(at) <= time)
                {
                    found = Math.Max(found ?? version, version);
                }
            }
        }

        return found is { } newest ? await ReadAsync(newest, cancellationToken).ConfigureAwait(false) : null;
    }

    /// <summary>
    /// Commits what a change makes of the newest snapshot. Where another writer was quicker, the change is asked again with what it left. Either all actions are in after this or none; it never commits
    /// twice. Returns the snapshot that holds them, or the one without where the change gave null: there was nothing (left) to do.
    /// </summary>
    public async Task<LakeSnapshot?> CommitAsync(Func<LakeSnapshot?, IReadOnlyList<DeltaAction>?> change, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            var basis = await ReadAsync(null, cancellationToken).ConfigureAwait(false);
            if (change(basis) is not { } actions)
            {
                return basis;
            }

            var version = (basis?.Version ?? -1) + 1;
            if (await TryWriteAsync(CommitPath(version), DeltaAction.WriteLines(actions), cancellationToken).ConfigureAwait(false))
            {
                var done = await ReadAsync(version, cancellationToken).ConfigureAwait(false);
                if (version > 0 && version % CommitsPerCheckpoint == 0)
                {
                    await TryWriteCheckpointAsync(done!, cancellationToken).ConfigureAwait(false);
                }

                return done;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(1, 20 + (attempt * 5))), clock, cancellationToken).ConfigureAwait(false);
        }

        throw new UserException($"The lake '{storage.Name}' could not be committed to: others committed first {MostAttempts} times. Try again, with fewer writers.");
    }

    /// <summary>
    /// A store whose answer was lost on the way is asked again, and then says that there is a file: ours. Taking it for another writer's would let the caller delete what is committed.
    /// </summary>
    async Task<bool> TryWriteAsync(string path, byte[] commit, CancellationToken cancellationToken) =>
        await storage.TryCreateAsync(path, commit, cancellationToken).ConfigureAwait(false)
        || (await storage.ReadAsync(path, cancellationToken).ConfigureAwait(false) is { } there && there.AsSpan().SequenceEqual(commit));

    async Task TryWriteCheckpointAsync(LakeSnapshot snapshot, CancellationToken cancellationToken)
    {
        try
        {
            await _checkpoint.WriteAsync(snapshot, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is UserException or IOException or UnauthorizedAccessException)
        {
            // The commit is in all the same, and must not be told to have failed. Readers read commits until the next checkpoint.
        }
    }

    /// <summary>Applies the actions of a commit, or those alone whose line has a text.</summary>
    void Apply(TableState state, byte[] commit, long version, byte[]? having = null)
    {
        try
        {
            foreach (var line in Lines(commit))
            {
                if (having is null || line.Span.IndexOf(having) >= 0)
                {
                    state.Apply(DeltaAction.Read(line));
                }
            }
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or FormatException or InvalidOperationException)
        {
            throw new UserException($"'{storage.Name}/{CommitPath(version)}' is no commit of a Delta table: {e.Message} The log is damaged; restore the file from a copy.", cause: e);
        }
    }

    static IEnumerable<ReadOnlyMemory<byte>> Lines(byte[] commit)
    {
        for (var start = 0; start < commit.Length;)
        {
            var length = commit.AsSpan(start).IndexOf((byte)'\n') is >= 0 and var found ? found : commit.Length - start;
            if (!commit.AsSpan(start, length).Trim(" \r\t"u8).IsEmpty)
            {
                yield return commit.AsMemory(start, length);
            }

            start += length + 1;
        }
    }

    string CommitPath(long version) => string.Create(CultureInfo.InvariantCulture, $"{_folder}/{version:D20}.json");

    long? VersionOf(string path) => path.Length == _folder.Length + 26 && path.EndsWith(".json", StringComparison.Ordinal)
        && long.TryParse(path.AsSpan(_folder.Length + 1, 20), NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : null;

    /// <summary>A version, the bytes of its commit, by which it is known to be still the same, and what it says.</summary>
    sealed record Known(long Version, byte[] Commit, TableState State);
}
