using System.Buffers;
using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.ExceptionServices;
using Millrace.Events;
using Millrace.Parsing;
using Millrace.Parsing.Formats;
using Millrace.Parsing.Lines;
using Millrace.Queries.Scanning;
using Millrace.Sources;

namespace Millrace.Queries;

/// <summary>Finds the files of a source and tells the format of each. Remembers what it found, since DuckDB may ask twice for one query.</summary>
sealed class LogTablePlanner(QueryOptions options, ScanTotals totals)
{
    const int ReadersAtOnce = 16;

    readonly ConcurrentDictionary<string, LogTable> _planned = new();

    // As the options alone fix the formats; a call may say otherwise.
    readonly BoundFormats _formats = new(options.Formats);

    /// <summary>The table of a call. Throws a <see cref="UserException"/> where a source or a format cannot be used.</summary>
    public LogTable Plan(LogTableCall call) => _planned.GetOrAdd(call.Key, _ => PlanNew(call));

    /// <summary>A point in time as a call writes it; a date that ends a range means its end.</summary>
    public DateTimeOffset Instant(string text, string name, TimeZoneInfo? zone, bool isEnd) =>
        InstantText.Parse(text, name, zone ?? options.TimeZone, options.AsOf, isEnd);

    /// <summary>Makes ready what telling formats needs, until there is no more time: a format makes its tables when it is first asked, which for all of them takes longer than telling one.</summary>
    public void WarmUp(Func<bool> isTimeUp)
    {
        if (options.Format != LogFormats.Auto)
        {
            return;
        }

        var settings = SettingsOf(new LogTableCall { Sources = [] });
        foreach (var format in options.Formats.All.Where(format => format.CanBeDetected))
        {
            if (isTimeUp())
            {
                return;
            }

            _formats.Bind(format, settings);
        }
    }

    LogTable PlanNew(LogTableCall call)
    {
        var since = call.Since ?? options.Since;
        var until = call.Until ?? options.Until;
        var resolved = Resolve(call.Sources, since, until);
        if (resolved.Pruned.Count > 0)
        {
            totals.AddPruned(resolved.Pruned);
            options.Tell($"{resolved.Pruned.Count} file(s) left out by the date in their names, such as {resolved.Pruned[0]}.");
        }

        var unread = new ConcurrentBag<UnreadFile>();
        var formats = call is { Format: null, TimeZone: null, Service: null, Caller: null } ? _formats : new BoundFormats(options.Formats);
        var planned = PlanFiles(resolved.Files, call, formats, unread);
        Report(unread, hasLogs: resolved.Pruned.Count > 0 || planned.Any(file => file is not null));

        PlannedFile[] files = [.. planned.OfType<PlannedFile>()];
        var range = new ScanRange(since is { } s ? ScanRange.Micros(s) : null, until is { } u ? ScanRange.Micros(u) : null);
        return new LogTable(files, LogTable.ColumnsOf(files), new ScanOptions
        {
            Range = range,
            Rules = new NamingRules
            {
                Service = call.Service ?? options.Rules.Service,
                Caller = call.Caller ?? options.Rules.Caller,
                Endpoints = options.Rules.Endpoints,
            },
            Totals = totals,
            Rejects = options.Rejects,
            CancellationToken = options.CancellationToken,
        });
    }

    /// <summary>
    /// Finds the files while DuckDB waits, which asks for a table synchronously. Cancelling ends the wait at once, also where a store or a disk does not answer;
    /// what was asked of it then goes on by itself.
    /// </summary>
    ResolvedSources Resolve(IReadOnlyList<string> sources, DateTimeOffset? since, DateTimeOffset? until)
    {
        var stop = options.CancellationToken;
        return Task.Run(() => options.Sources.ResolveAsync(sources, since, until, stop), stop).WaitAsync(stop).GetAwaiter().GetResult();
    }

    PlannedFile?[] PlanFiles(IReadOnlyList<LogFile> files, LogTableCall call, BoundFormats formats, ConcurrentBag<UnreadFile> unread)
    {
        var planned = new PlannedFile?[files.Count];
        if (files.Count == 1)
        {
            planned[0] = PlanFile(files[0], call, formats, unread);
            return planned;
        }

        try
        {
            Parallel.For(
                0,
                planned.Length,
                new ParallelOptions { MaxDegreeOfParallelism = ReadersAtOnce, CancellationToken = options.CancellationToken },
                index => planned[index] = PlanFile(files[index], call, formats, unread));
            return planned;
        }
        catch (AggregateException e)
        {
            ExceptionDispatchInfo.Throw(e.InnerExceptions.FirstOrDefault(inner => inner is UserException) ?? e.InnerExceptions[0]);
            throw;
        }
    }

    PlannedFile? PlanFile(LogFile file, LogTableCall call, BoundFormats formats, ConcurrentBag<UnreadFile> unread)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(FormatDetector.HeadLength);
        try
        {
            return PlanFile(file, file.ReadHead(buffer, options.CancellationToken), call, formats, unread);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    PlannedFile? PlanFile(LogFile file, FileHead head, LogTableCall call, BoundFormats formats, ConcurrentBag<UnreadFile> unread)
    {
        var bytes = ByteOrderMark.Skip(head.Bytes);
        if (!FormatDetector.HasLines(bytes.Span))
        {
            return null;
        }

        var name = LogFormats.Parse(call.Format ?? options.Format).Name;
        var input = SettingsOf(call) with { Head = bytes };
        if (name != LogFormats.Auto)
        {
            var bound = formats.Bind(options.Formats.Find(name), input)
                ?? throw new UserException($"'{file.Name}' cannot be read as {name}: its first lines do not have what the format needs. 'millrace formats explain {name}' says what that is.");
            return new PlannedFile(file, bound.Binding) { Layout = input.Layout };
        }

        if (FormatDetector.Best(input, head.IsWhole, formats) is { } best && best.Share >= FormatDetector.LeastShare)
        {
            options.Tell($"{file.Name} is read as {best.Format.Name} ({Percent(best)} of its first lines).");
            if (best.Others.Count > 0)
            {
                options.Warn(Mixed(file, best));
            }

            return new PlannedFile(file, best.Binding);
        }

        if (options.ReadsUnknownAsText)
        {
            options.Tell($"{file.Name} is read as {TextFormat.Format.Name}: its format cannot be told.");
            return new PlannedFile(file, formats.Bind(TextFormat.Format, input)!.Binding);
        }

        unread.Add(new UnreadFile(file, FormatDetector.Rank(input, head.IsWhole, options.Formats)));
        return null;
    }

    /// <summary>What a format may look at beside the file.</summary>
    FormatInput SettingsOf(LogTableCall call) => new()
    {
        Layout = LogFormats.Parse(call.Format ?? options.Format).Layout,
        TimeZone = call.TimeZone ?? options.TimeZone,
        AsOf = options.AsOf,
        Mapping = options.Mapping,
        FieldPaths = FieldPaths(call),
    };

    /// <summary>The fields of the log that the rules name, which the format would otherwise not look for.</summary>
    List<string> FieldPaths(LogTableCall call) =>
        [.. new[] { call.Service ?? options.Rules.Service, call.Caller ?? options.Rules.Caller }.Select(rule => rule?.FieldPath).OfType<string>().Distinct()];

    /// <summary>A file that was named must be readable; one that merely lies in a directory among logs is told and left out.</summary>
    void Report(IEnumerable<UnreadFile> unread, bool hasLogs)
    {
        foreach (var (file, ranking) in unread.OrderBy(one => one.File.Name, StringComparer.Ordinal))
        {
            var nearest = ranking.Count == 0
                ? "no format reads any of its first lines"
                : "the nearest are " + string.Join(", ", ranking.Take(3).Select(share => $"{share.Format.Name} ({Percent(share)})"));
            if (!options.NeedsNoLog && (file.IsNamed || !hasLogs))
            {
                throw new UserException(
                    $"The format of '{file.Name}' cannot be told: {nearest}. Name one with --format (see 'millrace formats list'), or --format text to take each line as a message.");
            }

            options.Warn($"Left out '{file.Name}', which is no log: {nearest}.");
        }
    }

    static string Mixed(LogFile file, FormatShare best) =>
        $"'{file.Name}' holds more than {best.Format.Name}: {string.Join(", ", best.Others.Select(Words))}. It is read as {best.Format.Name}; the other lines are rejects.";

    static string Words(MixedLines other) => other.IsHeader
        ? $"another header in line {other.FirstLine}"
        : string.Create(CultureInfo.InvariantCulture, $"{other.Lines:N0} of its first lines are {other.Format.Name} (line {other.FirstLine} is the first)");

    static string Percent(FormatShare share) => share.Share.ToString("0.#%", CultureInfo.InvariantCulture);

    sealed record UnreadFile(LogFile File, IReadOnlyList<FormatShare> Ranking);
}
