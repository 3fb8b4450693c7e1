using Millrace.Queries;
using Millrace.Reports;
using Millrace.Sources;

namespace Millrace.Errors.Store;

/// <summary>
/// Brings the errors of files into a store. Files that are in are not read again, each other one is read once, some at a time. What is in stays in where a later file fails, and a rerun goes on from there.
/// </summary>
/// <param name="intake">Takes what files say.</param>
/// <param name="query">How logs are read. A range does not hold: a file goes in whole.</param>
/// <param name="countsClientErrors">True where statuses from 400 are errors too.</param>
public sealed class ErrorExtraction(ErrorIntake intake, QueryOptions query, bool countsClientErrors)
{
    const int MostFiles = 64;
    const long MostBytes = 1L << 30;

    /// <summary>Tells of each scan while it runs.</summary>
    public Action<QuerySession> Scanning { get; init; } = static _ => { };

    /// <summary>Tells of each scan once its errors are in.</summary>
    public Action<QuerySession> Scanned { get; init; } = static _ => { };

    /// <summary>Brings in what sources hold and the store does not.</summary>
    public async Task<ErrorExtractionResult> RunAsync(IReadOnlyList<string> sources, CancellationToken cancellationToken)
    {
        var files = (await query.Sources.ResolveAsync(sources, null, null, cancellationToken).ConfigureAwait(false)).Files;
        var result = new ErrorExtractionResult(0, 0, 0);
        foreach (var batch in Batches(files))
        {
            var wanted = new Dictionary<string, ErrorSource>(StringComparer.Ordinal);
            foreach (var file in batch)
            {
                var source = ErrorSource.Of(file, cancellationToken);
                if (!await intake.Store.HoldsAsync(source, cancellationToken).ConfigureAwait(false))
                {
                    wanted.Add(file.Name, source);
                }
            }

            result = result with { Known = result.Known + batch.Count - wanted.Count };
            if (wanted.Count > 0)
            {
                result = await ExtractAsync([.. batch.Where(file => wanted.ContainsKey(file.Name))], wanted, result, cancellationToken).ConfigureAwait(false);
            }
        }

        return result;
    }

    async Task<ErrorExtractionResult> ExtractAsync(LogFile[] files, Dictionary<string, ErrorSource> sources, ErrorExtractionResult result, CancellationToken cancellationToken)
    {
        using var session = new QuerySession(query with { Sources = new SourceResolver(static () => Stream.Null) { Given = files }, Since = null, Until = null, Database = null, CancellationToken = cancellationToken });
        Scanning(session);
        foreach (var extract in new ErrorExtractor(session, countsClientErrors).Read(EventTable.OfLogs(["given"]).Sql, sources))
        {
            var added = await intake.AddAsync(extract, cancellationToken).ConfigureAwait(false);
            result = added ? result with { Sources = result.Sources + 1, Errors = result.Errors + extract.Errors } : result with { Known = result.Known + 1 };
        }

        Scanned(session);
        return result;
    }

    static IEnumerable<IReadOnlyList<LogFile>> Batches(IReadOnlyList<LogFile> files)
    {
        var batch = new List<LogFile>();
        foreach (var file in files)
        {
            if (batch.Count == MostFiles || (batch.Count > 0 && batch.Sum(one => one.Length ?? 0) + (file.Length ?? 0) > MostBytes))
            {
                yield return batch;
                batch = [];
            }

            batch.Add(file);
        }

        if (batch.Count > 0)
        {
            yield return batch;
        }
    }
}
