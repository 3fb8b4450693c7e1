using System.Runtime.ExceptionServices;
using Millrace.Events;
using Millrace.Queries;
using Millrace.Queries.Scanning;

namespace Millrace.Search;

/// <summary>Takes a hit. Called by one thread at a time, in no order of files or lines unless the search has one thread.</summary>
public delegate void SearchHitHandler(scoped in SearchHit hit);

/// <summary>
/// Finds events by their text. Works on the bytes: blocks of the files are searched for the longest term as a whole, and only the lines that have it are looked at, and only those that have all terms are parsed.
/// </summary>
/// <param name="options">How logs are read, and in which range.</param>
/// <param name="query">What is searched for.</param>
public sealed class LogSearch(QueryOptions options, SearchQuery query)
{
    /// <summary>How long a hit may lie with whoever collects hits before it is shown. At once for a person, and yet many hits at a time.</summary>
    static readonly TimeSpan ShowEvery = TimeSpan.FromMilliseconds(20);

    long _hits;

    /// <summary>What the search has met so far.</summary>
    public ScanTotals Totals { get; } = new();

    /// <summary>Searches sources. Returns the number of hits.</summary>
    /// <param name="sources">What to search.</param>
    /// <param name="onHit">Takes the hits as they are found; not called where they are only counted.</param>
    /// <param name="onShow">Called soon after hits were found, never beside <paramref name="onHit"/>: whoever collects hits shows them now. What it throws ends the search.</param>
    public async Task<long> RunAsync(IReadOnlyList<string> sources, SearchHitHandler onHit, Action? onShow = null)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(options.CancellationToken);
        var table = new LogTablePlanner(options with { ReadsUnknownAsText = true, CancellationToken = stop.Token }, Totals).Plan(new LogTableCall { Sources = sources });
        using var scan = new LogScan(table.Files, table.Options with { CancellationToken = stop.Token });
        var matcher = new SearchMatcher(query);
        var gate = new Lock();

        // Lines around a hit lie in the blocks next to its own, which come in order to one thread alone.
        var threads = query.Context > 0 ? 1 : options.ThreadCount;
        var isUnshown = false;
        Exception? failure = null;
        void Take(scoped in SearchHit hit)
        {
            if (_hits >= (query.Limit ?? long.MaxValue))
            {
                return;
            }

            _hits++;
            isUnshown = true;
            onHit(hit);
            if (_hits == query.Limit)
            {
                stop.Cancel();
            }
        }

        void Show()
        {
            lock (gate)
            {
                if (!isUnshown)
                {
                    return;
                }

                isUnshown = false;
                try
                {
                    onShow?.Invoke();
                }
                catch (Exception e)
                {
                    failure = e;
                    stop.Cancel();
                }
            }
        }

        using var showing = onShow is null ? null : new Timer(_ => Show(), null, ShowEvery, ShowEvery);
        try
        {
            await Task.WhenAll(Enumerable.Range(0, threads).Select(_ => Task.Run(() =>
            {
                var worker = new SearchWorker(scan, matcher, query, table.Options.Range, gate, Take);
                worker.Run();
                Interlocked.Add(ref _hits, worker.Counted);
            }, stop.Token))).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when ((_hits == query.Limit || failure is not null) && !options.CancellationToken.IsCancellationRequested)
        {
            // There are as many hits as were asked for, or no one sees them.
        }
        finally
        {
            Show();
        }

        if (failure is not null)
        {
            ExceptionDispatchInfo.Throw(failure);
        }

        return Math.Min(_hits, query.Limit ?? long.MaxValue);
    }
}
