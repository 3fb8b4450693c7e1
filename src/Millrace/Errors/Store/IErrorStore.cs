namespace Millrace.Errors.Store;

/// <summary>
/// Keeps errors by source, kind and hour, so that reports need not read logs again. May be used by several processes at a time. Every method throws a <see cref="UserException"/> where the store cannot be
/// reached or does not hold what it should.
/// </summary>
public interface IErrorStore : IAsyncDisposable
{
    /// <summary>What to call the store in messages.</summary>
    string Name { get; }

    /// <summary>True where all of a source is in, in this version or one that has all of it.</summary>
    Task<bool> HoldsAsync(ErrorSource source, CancellationToken cancellationToken);

    /// <summary>
    /// Puts in what a source says. Must be idempotent: the same source in the same version changes nothing, and in another version replaces what it gave before. After a crash in between, the same call completes it, and
    /// nothing is counted twice. A part of a file that is in already with more than this stays as it is. Kinds that are in already keep their group, and the earlier of the times at which they were first seen. Returns false where the version was in already.
    /// </summary>
    Task<bool> AddAsync(ErrorExtract extract, CancellationToken cancellationToken);

    /// <summary>
    /// Drops the errors of the days before one, and that there were events on them. Kinds stay, with their groups and when they were first seen, and so do sources, which are not read again. May be stopped at any time: the same call does the rest.
    /// </summary>
    /// <param name="fromDay">The first day that stays, counted from 1970 (UTC).</param>
    /// <param name="isDry">True to drop nothing, and say what would be.</param>
    /// <param name="cancellationToken">Stops it.</param>
    Task<ErrorRetention> RetainAsync(long fromDay, bool isDry, CancellationToken cancellationToken);

    /// <summary>All kinds, the oldest first.</summary>
    Task<IReadOnlyList<ErrorKind>> ReadKindsAsync(CancellationToken cancellationToken);

    /// <summary>The cells of hours, both inclusive, in no particular order.</summary>
    IAsyncEnumerable<ErrorCell> ReadCellsAsync(long fromHour, long toHour, CancellationToken cancellationToken);

    /// <summary>The first of hours, both inclusive, in which any source has events; null where there is none.</summary>
    Task<long?> FirstHourAsync(long fromHour, long toHour, CancellationToken cancellationToken);
}
