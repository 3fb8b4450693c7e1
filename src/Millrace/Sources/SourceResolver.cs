namespace Millrace.Sources;

/// <summary>
/// Turns sources as a user writes them into the files to read: paths, globs, directories (with all below them), <c>-</c>, and
/// <c>s3://bucket/prefix</c> or a glob below a bucket.
/// </summary>
/// <param name="openStandardInput">Opens what <c>-</c> stands for.</param>
/// <param name="store">Where <c>s3://</c> sources are; null where there is no such thing.</param>
/// <param name="readAhead">How far object files read ahead.</param>
public sealed class SourceResolver(Func<Stream> openStandardInput, IObjectStore? store = null, ReadAhead? readAhead = null)
{
    const string StandardInput = "-";

    readonly ReadAhead _readAhead = readAhead ?? new ReadAhead();

    /// <summary>
    /// The folder that relative paths count from, while files keep the names that the user wrote; null for the working directory of the process.
    /// </summary>
    public string? Folder { get; init; }

    /// <summary>Files that every source stands for, whatever its name; null where sources are looked for.</summary>
    public IReadOnlyList<LogFile>? Given { get; init; }

    /// <summary>
    /// Finds the files. Those whose names tell that no line can lie in since ≤ timestamp ≤ until are pruned; a source that stands for nothing is
    /// a <see cref="UserException"/>, while an empty directory is not.
    /// </summary>
    public async Task<ResolvedSources> ResolveAsync(
        IReadOnlyList<string> sources, DateTimeOffset? since, DateTimeOffset? until, CancellationToken cancellationToken)
    {
        if (Given is { } given)
        {
            return new ResolvedSources(given, []);
        }

        if (sources.Count(source => source == StandardInput) > 1)
        {
            throw new UserException("Standard input ('-') is given more than once; it can be read once per query.", UserException.Usage);
        }

        var found = new List<FoundFile>();
        foreach (var source in sources)
        {
            var files = ObjectAddress.IsAddress(source) ? await FindObjectsAsync(source, cancellationToken).ConfigureAwait(false) : FindLocally(source);
            foreach (var file in files)
            {
                cancellationToken.ThrowIfCancellationRequested();
                found.Add(file);
            }
        }

        bool MayHold(FoundFile file) => NameDates.MayHold(file.Name, file.FoundFrom, since, until);
        return new ResolvedSources(
            [.. WithoutDuplicates(found.Where(MayHold)).Select(file => file.Open())],
            [.. WithoutDuplicates(found.Where(file => !MayHold(file))).Select(file => file.Name)]);
    }

    IEnumerable<FoundFile> FindLocally(string source) => source == StandardInput
        ? [new FoundFile(source, source, IsNamed: true, IsLink: false, 0, () => new PipedInput(source, openStandardInput) { IsNamed = true })]
        : new LocalFiles(Folder).Find(source);

    Task<List<FoundFile>> FindObjectsAsync(string source, CancellationToken cancellationToken) => store is null
        ? throw new UserException($"'{source}' cannot be read: no object store is set up.")
        : new BucketFiles(store, _readAhead).FindAsync(source, cancellationToken);

    /// <summary>A file that is met twice, also by way of a link, is read once: under the name that the user wrote, or else its own.</summary>
    static IEnumerable<FoundFile> WithoutDuplicates(IEnumerable<FoundFile> found) => found
        .GroupBy(file => file.Identity, StringComparer.Ordinal)
        .Select(same => same.Aggregate((one, other) => IsBetter(other, one) ? other : one))
        .OrderBy(file => file.Name, StringComparer.Ordinal);

    static bool IsBetter(FoundFile one, FoundFile other) => one.IsNamed != other.IsNamed ? one.IsNamed
        : one.IsLink != other.IsLink ? !one.IsLink
        : string.CompareOrdinal(one.Name, other.Name) < 0;
}
