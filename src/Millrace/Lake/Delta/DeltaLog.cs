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
    public async Task<LakeSnapshot?> ReadAsync(long? version, CancellationToken cancellationToken)
    {
        var state = new TableState();
        var next = await _checkpoint.ReadAsync(state, version, cancellationToken).ConfigureAwait(false);
        if (next > 0 && await storage.ReadAsync(CommitPath(next - 1), cancellationToken).ConfigureAwait(false) is { } latest)
        {
            // Says nothing new but when the checkpoint's version was committed.
            Apply(state, latest, next - 1);
        }

        while (version is null || next <= version)
        {
            if (await storage.ReadAsync(CommitPath(next), cancellationToken).ConfigureAwait(false) is not { } commit)
            {
                break;
            }

            Apply(state, commit, next);
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

        return state.Snapshot(next - 1, storage.Name, partitionColumns);
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

    void Apply(TableState state, byte[] commit, long version)
    {
        try
        {
            foreach (var line in Lines(commit))
            {
                state.Apply(DeltaAction.Read(line));
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
}
