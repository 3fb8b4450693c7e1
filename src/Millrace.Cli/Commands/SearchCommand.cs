using System.CommandLine;
using System.Globalization;
using Millrace.App.Requests;
using Millrace.App.Runs;
using Millrace.Cli.Help;
using Millrace.Cli.Options;
using Millrace.Cli.Output;
using Millrace.Letters;
using Millrace.Queries.Conditions;
using Millrace.Sources;

namespace Millrace.Cli.Commands;

/// <summary><c>millrace search TERM… --in SOURCE…</c>.</summary>
sealed class SearchCommand
{
    readonly Argument<string[]> _terms = new("term") { Description = "Texts that an event has, all of them", Arity = ArgumentArity.ZeroOrMore };
    readonly Option<string[]> _sources = new("--in") { Description = "Files, globs, directories, '-' or s3://bucket/prefix", AllowMultipleArgumentsPerToken = true };
    readonly Option<string[]> _where = new("--where", "-w") { Description = "Condition on a column, all of them: status>=500, client_ip=10.0.0.0/8, duration>1s, level=ERROR, path~/orders" };
    readonly Option<string[]> _without = new("--not") { Description = "A text that it does not have; may be given several times" };
    readonly Option<bool> _isRegex = new("--regex") { Description = "Take the texts for regular expressions" };
    readonly Option<bool> _ignoresCase = new("--ignore-case", "-i") { Description = "Take upper and lower case for the same" };
    readonly Option<int> _context = new("--context", "-C") { Description = "Lines before and after each hit" };
    readonly Option<int?> _limit = new("--limit") { Description = "End after so many hits" };
    readonly Option<bool> _count = new("--count", "-c") { Description = "Print how many there are, and nothing else" };
    readonly Option<string?> _sort = new("--sort") { Description = "time: in the order of time, when all are found" };
    readonly Option<string?> _mailTo = new("--mail-to") { Description = ReportOptions.MailToDescription };
    readonly ReadingOptions _reading = new((ReadingParts.Question | ReadingParts.Order) & ~(ReadingParts.Rejects | ReadingParts.MaxRejects));
    readonly OutputOptions _output = new(isColoured: true);

    /// <summary>The command.</summary>
    public static Command Create(CommandConsole console)
    {
        var search = new SearchCommand();
        var command = new ExampledCommand("search", "Find events by their text, in raw logs of any kind, compressed or not.") { search._terms, search._sources };
        search._reading.AddFirstTo(command);
        Option[] own = [search._where, search._without, search._ignoresCase, search._isRegex, search._context, search._limit, search._count, search._sort];
        foreach (var option in own)
        {
            command.Options.Add(option);
        }

        search._output.AddTo(command);
        command.Options.Add(search._mailTo);
        search._reading.AddRestTo(command);
        command.SetAction((parsed, _) => search.RunAsync(console, parsed));
        return command.WithExamples("millrace search timeout --in logs/ --since 1h", "millrace search payment refused --in 's3://my-logs/*.gz' --where 'status>=500' --count");
    }

    async Task<int> RunAsync(CommandConsole console, ParseResult parsed)
    {
        var output = _output.Read(parsed);
        if (output.Kind is OutputKind.Parquet or OutputKind.NodeGraph)
        {
            throw new UserException("Hits are written as table, json, ndjson or csv.", UserException.Usage);
        }

        var request = Read(parsed);
        CheckCount(parsed);
        await using var run = CommandRun.Open(console, parsed, _reading);
        return parsed.GetValue(_mailTo) is { } addresses
            ? await MailAsync(run, request, addresses).ConfigureAwait(false)
            : await PrintAsync(run, request, output, parsed).ConfigureAwait(false);
    }

    SearchRequest Read(ParseResult parsed) => new()
    {
        Terms = parsed.GetValue(_terms) ?? [],
        Without = parsed.GetValue(_without) ?? [],
        IsRegex = parsed.GetValue(_isRegex),
        IgnoresCase = parsed.GetValue(_ignoresCase),
        Where = [.. (parsed.GetValue(_where) ?? []).Select(Condition.Parse)],
        Context = parsed.GetValue(_context),
        Limit = parsed.GetValue(_limit),
        Sort = parsed.GetValue(_sort),
        Reading = _reading.Read(parsed, parsed.GetValue(_sources) ?? []),
    };

    /// <summary>A count has no form, no order and nothing around it.</summary>
    void CheckCount(ParseResult parsed)
    {
        Option[] others = [_context, _sort, _mailTo, .. _output.All];
        if (parsed.GetValue(_count) && others.FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false }) is { } other)
        {
            throw new UserException($"--count prints one number, to which {other.Name} does nothing. Leave one of them out.", UserException.Usage);
        }
    }

    async Task<int> PrintAsync(CommandRun run, SearchRequest request, OutputChoice output, ParseResult parsed)
    {
        var onlyCounts = parsed.GetValue(_count);
        var search = SearchRun.Plan(run.Workplace, request, wantsTimes: output.Kind != OutputKind.Table, onlyCounts, run.Listener, run.Stop);
        long hits;
        if (onlyCounts)
        {
            hits = await search.RunAsync(static (scoped in _) => { }, null).ConfigureAwait(false);
            run.EndProgress();
            Console.Out.WriteLine(hits.ToString(CultureInfo.InvariantCulture));
        }
        else if (output.Path is { } path)
        {
            await using var destination = Destination.Create(path, run.Workplace.Objects(request.Reading.S3));
            using var printer = new HitPrinter(output.Kind, destination.Stream, search.Query, isTerminal: false, output.Color == ColorChoice.Always);
            hits = await PrintAsync(search, printer).ConfigureAwait(false);
            await destination.CommitAsync(run.Stop).ConfigureAwait(false);
        }
        else
        {
            var terminal = Terminal.Own();
            using var stdout = new StandardOutput(terminal.IsOutput ? run.EndProgress : null);
            using var printer = new HitPrinter(output.Kind, stdout, search.Query, terminal.IsOutput, terminal.Colours(output.Color));
            hits = await PrintAsync(search, printer).ConfigureAwait(false);
        }

        return hits > 0 ? 0 : UserException.Failed;
    }

    static async Task<int> MailAsync(CommandRun run, SearchRequest request, string addresses)
    {
        var office = run.Workplace.Mail("--mail-to needs a mail server");
        var to = MailAddresses.Parse(addresses, "--mail-to");
        await using var outcome = await run.Workplace.RunAsync(request, run.Listener, run.Stop).ConfigureAwait(false);
        await office.SendAsync(outcome, to, run.Listener, run.Stop).ConfigureAwait(false);
        return outcome.IsEmpty ? UserException.Failed : 0;
    }

    static async Task<long> PrintAsync(SearchRun search, HitPrinter printer)
    {
        var found = await search.RunAsync(printer.Print, printer.Flush).ConfigureAwait(false);
        printer.End();
        return found;
    }
}
