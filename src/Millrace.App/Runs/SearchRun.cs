using System.Globalization;
using System.Text;
using Millrace.App.Reading;
using Millrace.App.Requests;
using Millrace.Letters;
using Millrace.Queries;
using Millrace.Queries.Scanning;
using Millrace.Search;

namespace Millrace.App.Runs;

/// <summary>A search that is about to run, over logs or a lake. Whoever runs it takes the hits as they are found.</summary>
public sealed class SearchRun
{
    const string Needs = "'search' needs to know where to look. Name sources with --in (files, directories, '-' or s3://bucket/prefix), or a lake with --lake.";

    readonly Workplace _workplace;
    readonly SearchRequest _request;
    readonly SearchQuery _query;
    readonly ReadingPlan _plan;
    readonly RunListener _listener;
    readonly LogSearch _search;
    readonly CancellationToken _stop;

    SearchRun(Workplace workplace, SearchRequest request, SearchQuery query, ReadingPlan plan, RunListener listener, CancellationToken cancellationToken)
    {
        (_workplace, _request, _query, _plan, _listener, _stop) = (workplace, request, query, plan, listener, cancellationToken);
        _search = new LogSearch(plan.Options(workplace.Resolver(plan.S3), rejects: null, listener, cancellationToken), query);
    }

    /// <summary>The first instant of the range; null for no bound.</summary>
    public DateTimeOffset? Since => _plan.Since;

    /// <summary>The last; null likewise.</summary>
    public DateTimeOffset? Until => _plan.Until;

    /// <summary>What is searched for.</summary>
    public SearchQuery Query => _query;

    /// <summary>Plans a search.</summary>
    /// <param name="workplace">Where it runs.</param>
    /// <param name="request">What is searched for.</param>
    /// <param name="wantsTimes">False where nobody asks when a hit was, which is quicker.</param>
    /// <param name="onlyCounts">True to only count hits.</param>
    /// <param name="listener">Hears of it.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="UserException">The request means nothing.</exception>
    public static SearchRun Plan(Workplace workplace, SearchRequest request, bool wantsTimes, bool onlyCounts, RunListener listener, CancellationToken cancellationToken)
    {
        var query = request.Query();
        var plan = workplace.Plan(request.Reading);
        if (plan.Names.Count == 0)
        {
            throw Usage(Needs);
        }

        if (plan.RejectsPath is not null || plan.MaxRejects is not null)
        {
            throw Usage("'search' reads as text what does not parse: --rejects and --max-rejects do not go with it. 'millrace sql' counts and writes rejects.");
        }

        if (plan.Sources.Count == 0 && query.Context > 0)
        {
            throw Usage("A lake holds events and no lines around them: --context goes with --in alone.");
        }

        // What is sorted is cut to the limit afterwards.
        var sorts = request.Sort is not null;
        return new SearchRun(workplace, request, query with { Limit = sorts ? null : query.Limit, WantsTimes = sorts || wantsTimes, OnlyCounts = onlyCounts }, plan, listener, cancellationToken);
    }

    /// <summary>Runs it. Returns the number of hits that were given.</summary>
    /// <param name="onHit">Takes a hit, by one thread at a time.</param>
    /// <param name="onShow">Called soon after hits were found; null where nobody looks on.</param>
    public async Task<long> RunAsync(SearchHitHandler onHit, Action? onShow)
    {
        _listener.Scanning(_search.Totals);
        if (_request.Sort is null)
        {
            var found = await FindAsync(onHit, onShow).ConfigureAwait(false);
            SayRest();
            return found;
        }

        var kept = new SortedHits(_request.Limit);
        await FindAsync(kept.Add, null).ConfigureAwait(false);
        SayRest();
        return kept.Give(onHit);
    }

    /// <summary>Runs a search to its end and keeps the first hits.</summary>
    internal static async Task<SearchOutcome> FindAsync(Workplace workplace, SearchRequest request, RunListener listener, CancellationToken cancellationToken)
    {
        var run = Plan(workplace, request, wantsTimes: true, onlyCounts: false, listener, cancellationToken);
        var kept = new FirstHits(SearchOutcome.MostKept);
        var hits = await run.RunAsync(kept.Add, onShow: null).ConfigureAwait(false);
        listener.Scanned();
        return new SearchOutcome(request, kept.InOrder(request.Sort is null), hits, new Coverage(run.Since, run.Until, run._search.Totals.InRange, run._search.Totals.Events));
    }

    Task<long> FindAsync(SearchHitHandler onHit, Action? onShow) => _plan.Sources.Count > 0 ? _search.RunAsync(_plan.Sources, onHit, onShow) : FindInLakeAsync(onHit);

    async Task<long> FindInLakeAsync(SearchHitHandler onHit)
    {
        await using var reading = await _workplace.OpenAsync(_plan, _listener, _stop).ConfigureAwait(false);
        var events = await reading.EventsAsync(Needs).ConfigureAwait(false);
        return new RowSearch(reading.Session, _query).Run(events.Sql, onHit);
    }

    void SayRest()
    {
        _listener.Scanned();
        var totals = _search.Totals;
        foreach (var (file, problem) in totals.Problems.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            _listener.Say($"'{file}' could not be read to its end: {problem}. What came before was searched.");
        }

        if (totals.Undated > 0)
        {
            _listener.Say(string.Create(CultureInfo.InvariantCulture, $"{totals.Undated:N0} event(s) with the text have no timestamp; they are outside every range and were left out."));
        }

        if (totals.Pruned.Count > 0)
        {
            _listener.Say(string.Create(CultureInfo.InvariantCulture, $"{totals.Pruned.Count:N0} file(s) left out by the date in their names, such as {totals.Pruned[0]}."));
        }
    }

    static UserException Usage(string sentence) => new(sentence, UserException.Usage);
}
