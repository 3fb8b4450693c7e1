using System.CommandLine;
using System.Globalization;
using Millrace.Aws;
using Millrace.Cli.Output;
using Millrace.Queries;
using Millrace.Queries.Scanning;
using Millrace.Search;
using Millrace.Sources;

namespace Millrace.Cli.Commands;

/// <summary><c>millrace search TERM… --in SOURCE…</c>.</summary>
static class SearchCommand
{
    /// <summary>The command.</summary>
    public static Command Create(CommandConsole console)
    {
        var terms = new Argument<string[]>("term") { Description = "Texts that an event has, all of them", Arity = ArgumentArity.ZeroOrMore };
        var sources = new Option<string[]>("--in") { Description = "Files, globs, directories, '-' or s3://bucket/prefix", AllowMultipleArgumentsPerToken = true };
        var without = new Option<string[]>("--not") { Description = "A text that it does not have; may be given several times" };
        var isRegex = new Option<bool>("--regex") { Description = "Take the texts for regular expressions" };
        var ignoresCase = new Option<bool>("--ignore-case", "-i") { Description = "Take upper and lower case for the same" };
        var where = new Option<string[]>("--where", "-w") { Description = "A condition on a column: status>=500, service=order-service, level=ERROR, path~/orders" };
        var context = new Option<int>("--context", "-C") { Description = "Lines before and after each hit" };
        var limit = new Option<long?>("--limit") { Description = "End after so many hits" };
        var count = new Option<bool>("--count", "-c") { Description = "Print how many there are, and nothing else" };
        var sort = new Option<string?>("--sort") { Description = "time: in the order of time, when all are found" };
        var reading = new ReadingOptions();
        var output = new OutputOptions(isColoured: true);
        var command = new Command("search", "Find events by their text, in raw logs of any kind, compressed or not.") { terms, sources, without, isRegex, ignoresCase, where, context, limit, count, sort };
        reading.AddTo(command);
        output.AddTo(command);
        command.SetAction((parsed, _) => RunAsync(
            reading.Read(parsed, console),
            output.Read(parsed),
            parsed.GetValue(sources) ?? [],
            new SearchQuery
            {
                Terms = parsed.GetValue(terms) ?? [],
                Without = parsed.GetValue(without) ?? [],
                IsRegex = parsed.GetValue(isRegex),
                IgnoresCase = parsed.GetValue(ignoresCase),
                Filters = [.. (parsed.GetValue(where) ?? []).Select(FieldFilter.Parse)],
                Context = parsed.GetValue(context) is >= 0 and var lines ? lines : throw new UserException("--context cannot be negative.", UserException.Usage),
                Limit = parsed.GetValue(limit) is null or > 0 ? parsed.GetValue(limit) : throw new UserException("--limit must be positive.", UserException.Usage),
                OnlyCounts = parsed.GetValue(count),
            },
            parsed.GetValue(sort) is null or "time" ? parsed.GetValue(sort) is not null : throw new UserException($"Hits cannot be sorted by '{parsed.GetValue(sort)}'. Expected time.", UserException.Usage)));
        return command;
    }

    static async Task<int> RunAsync(Reading reading, OutputChoice output, string[] sources, SearchQuery query, bool sorts)
    {
        if (query.Terms.Count == 0 && query.Filters.Count == 0)
        {
            throw new UserException("There is nothing to search for. Name a text, or a condition with --where.", UserException.Usage);
        }

        if (output.Kind is OutputKind.Parquet or OutputKind.NodeGraph)
        {
            throw new UserException("Hits are written as table, json, ndjson or csv.", UserException.Usage);
        }

        if (sources.Length == 0 && reading.Lake is null)
        {
            throw new UserException("'search' needs to know where to look. Name sources with --in (files, directories, '-' or s3://bucket/prefix), or a lake with --lake.", UserException.Usage);
        }

        if (reading.RejectsPath is not null || reading.MaxRejects is not null)
        {
            throw new UserException("'search' reads as text what does not parse: --rejects and --max-rejects do not go with it. 'millrace sql' counts and writes rejects.", UserException.Usage);
        }

        var terminal = Terminal.Own();
        var isColoured = output.Path is null ? terminal.Colours(output.Color) : output.Color == ColorChoice.Always;
        using var store = new S3Store(reading.S3);
        var wanted = query with { Limit = sorts ? null : query.Limit, WantsTimes = sorts || output.Kind != OutputKind.Table };
        var search = new LogSearch(reading.Options(store, null), wanted);
        using var progress = new Progress(search.Totals, reading.Status);
        Task<long> FindAsync(SearchHitHandler onHit, Action? onPause) => sources.Length > 0
            ? search.RunAsync(sources, onHit, onPause)
            : FindInLakeAsync(reading, store, wanted, onHit);
        long hits;
        if (query.OnlyCounts)
        {
            hits = await FindAsync(static (scoped in _) => { }, null).ConfigureAwait(false);
            progress.Dispose();
            Console.Out.WriteLine(hits.ToString(CultureInfo.InvariantCulture));
        }
        else if (output.Path is not null)
        {
            await using var destination = Destination.Create(output.Path, store);
            using var printer = new HitPrinter(output.Kind, destination.Stream, query, isTerminal: false, isColoured);
            hits = await PrintAsync(FindAsync, query, sorts, printer).ConfigureAwait(false);
            await destination.CommitAsync(reading.Stop).ConfigureAwait(false);
        }
        else
        {
            using var stdout = new StandardOutput(Console.IsOutputRedirected ? null : progress.Dispose);
            using var printer = new HitPrinter(output.Kind, stdout, query, terminal.IsOutput, isColoured);
            hits = await PrintAsync(FindAsync, query, sorts, printer).ConfigureAwait(false);
        }

        progress.Dispose();
        Tell(search.Totals);
        return hits > 0 ? 0 : UserException.Failed;
    }

    static async Task<long> FindInLakeAsync(Reading reading, S3Store store, SearchQuery query, SearchHitHandler onHit)
    {
        if (query.Context > 0)
        {
            throw new UserException("A lake holds events and no lines around them: --context goes with --in alone.", UserException.Usage);
        }

        var events = await reading.EventsAsync(store).ConfigureAwait(false);
        using var session = new QuerySession(reading.Options(store, null));
        return new RowSearch(session, query).Run(events.Sql, onHit);
    }

    static async Task<long> PrintAsync(Func<SearchHitHandler, Action?, Task<long>> findAsync, SearchQuery query, bool sorts, HitPrinter printer)
    {
        if (!sorts)
        {
            var found = await findAsync(printer.Print, printer.Flush).ConfigureAwait(false);
            printer.End();
            return found;
        }

        var kept = new SortedHits(query.Limit);
        await findAsync(kept.Add, null).ConfigureAwait(false);
        var printed = kept.PrintTo(printer.Print);
        printer.End();
        return printed;
    }

    static void Tell(ScanTotals totals)
    {
        foreach (var (file, problem) in totals.Problems.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            CommandConsole.Say($"'{file}' could not be read to its end: {problem}. What came before was searched.");
        }

        if (totals.Undated > 0)
        {
            CommandConsole.Say(string.Create(CultureInfo.InvariantCulture, $"{totals.Undated:N0} event(s) with the text have no timestamp; they are outside every range and were left out."));
        }

        if (totals.Pruned.Count > 0)
        {
            CommandConsole.Say(string.Create(CultureInfo.InvariantCulture, $"{totals.Pruned.Count:N0} file(s) left out by the date in their names, such as {totals.Pruned[0]}."));
        }
    }
}
