using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Millrace.Errors.Templates;
using Millrace.Queries;

namespace Millrace.Errors;

/// <summary>Reads the errors among events, and puts them into groups: by the type of the exception, the frames nearest to it, and the template of the message.</summary>
/// <param name="session">The session; its range reaches as far back as the history does.</param>
/// <param name="rules">What users say of groups.</param>
public sealed class ErrorReader(QuerySession session, ErrorRules rules)
{
    /// <summary>How far back a period is compared.</summary>
    public static readonly TimeSpan History = TimeSpan.FromDays(14);

    readonly TemplateMiner _miner = new();
    readonly Dictionary<(int Shape, string Kind), (StackTrace Trace, ErrorTally Tally)> _tallies = [];

    /// <summary>Reads.</summary>
    /// <param name="events">A query that gives the event columns.</param>
    /// <param name="since">The period's first instant.</param>
    /// <param name="until">Its last.</param>
    /// <param name="countsClientErrors">True where statuses from 400 are errors too.</param>
    public ErrorDigest Read(string events, DateTimeOffset since, DateTimeOffset until, bool countsClientErrors)
    {
        var least = countsClientErrors ? 400 : 500;
        var (from, to) = (Micros(since), Micros(until));
        using (var rows = session.Execute(Sql(events, least)))
        {
            while (rows.Read())
            {
                string? Text(int column) => rows.Columns[column].Text(rows.Row);
                var error = new ErrorEvent(long.Parse(Text(0)!, CultureInfo.InvariantCulture), Text(1)!, Text(2)!, long.Parse(Text(3)!, CultureInfo.InvariantCulture))
                {
                    Service = Text(4),
                    Endpoint = Text(5),
                    Host = Text(6),
                    Caller = Text(7),
                };
                Add(error, error.Micros >= from && error.Micros <= to);
            }
        }

        return Digest(since, until, HistoryHours(events, from));
    }

    static string Sql(string events, int leastStatus) => string.Create(CultureInfo.InvariantCulture, $"""
        SELECT
          epoch_us("timestamp"),
          COALESCE(
            message || COALESCE(chr(10) || COALESCE({Attribute("stack_trace")}, {Attribute("stackTrace")}, {Attribute("stack")}, {Attribute("exception")}, {Attribute("exc_info")}, {Attribute("error.stack_trace")}), ''),
            concat_ws(' ', method, COALESCE(endpoint, path), status)),
          file, line, service, endpoint, host, caller
        FROM ({events})
        WHERE "timestamp" IS NOT NULL AND (level IN ('ERROR', 'FATAL') OR status >= {leastStatus})
        """);

    static string Attribute(string name) => $"json_extract_string(attributes, '$.\"{name}\"')";

    /// <summary>How many hours before the period there are events of any kind; what is not there cannot be compared with.</summary>
    double HistoryHours(string events, long from)
    {
        using var rows = session.Execute(string.Create(CultureInfo.InvariantCulture, $"SELECT epoch_us(MIN(\"timestamp\")) FROM ({events})"));
        rows.Read();
        return rows.Columns[0].Text(rows.Row) is { } first ? Math.Max(0, (from - long.Parse(first, CultureInfo.InvariantCulture)) / 3.6e9) : 0;
    }

    void Add(in ErrorEvent error, bool isInPeriod)
    {
        var end = error.Text.IndexOf('\n', StringComparison.Ordinal);
        var trace = StackTrace.Of(error.Text);
        var shape = _miner.Add(Encoding.UTF8.GetBytes(end < 0 ? error.Text : error.Text[..end]));
        var key = (shape, $"{trace.Type}|{string.Join('|', trace.Frames)}");
        if (!_tallies.TryGetValue(key, out var kept))
        {
            _tallies.Add(key, kept = (trace, new ErrorTally()));
        }

        kept.Tally.Add(error, isInPeriod);
    }

    ErrorDigest Digest(DateTimeOffset since, DateTimeOffset until, double historyHours)
    {
        var groups = new Dictionary<string, (StackTrace Trace, string Template, ErrorTally Tally)>(StringComparer.Ordinal);
        foreach (var ((shape, kind), (trace, tally)) in _tallies)
        {
            var template = _miner.GroupOf(shape);
            var id = rules.TargetOf(IdOf(kind, template.Template));
            if (groups.TryGetValue(id, out var known))
            {
                known.Tally.Add(tally);
            }
            else
            {
                var own = new ErrorTally();
                own.Add(tally);
                groups.Add(id, (trace, template.Template, own));
            }
        }

        var errors = groups.Values.Sum(group => group.Tally.InPeriod);
        var muted = groups.Where(group => rules.Find(group.Key)?.IsMuted == true).Sum(group => group.Value.Tally.InPeriod);
        var ranked = groups.Where(group => rules.Find(group.Key)?.IsMuted != true)
            .Select(group => Group(group.Key, group.Value.Trace, group.Value.Template, group.Value.Tally, since, until, historyHours, groups.Count, errors))
            .Where(group => group.Count > 0 || group.State == ErrorState.Gone)
            .OrderBy(group => group.State)
            .ThenByDescending(group => group.Count * (1 + Math.Log(1 + group.Services.Count + group.Callers.Count)))
            .ThenBy(group => group.Id, StringComparer.Ordinal);
        return new ErrorDigest(since, until, [.. ranked], errors, muted, historyHours >= 1);
    }

    ErrorGroup Group(string id, StackTrace trace, string template, ErrorTally tally, DateTimeOffset since, DateTimeOffset until, double historyHours, int groups, long errors)
    {
        var first = Micros(since) / 3_600_000_000;
        var hours = Math.Max(1, (int)Math.Ceiling((until - since).TotalHours));
        var windows = Enumerable.Range(1, (int)Math.Min(historyHours, History.TotalHours) / hours)
            .Select(window => tally.Hours.Where(hour => hour.Key >= first - (window * hours) && hour.Key < first - ((window - 1) * hours)).Sum(hour => hour.Value))
            .ToList();
        var before = tally.Hours.Keys.Where(hour => hour < first).Select(hour => (long?)hour).LastOrDefault();
        var (state, expected) = ErrorComparison.Judge(tally.InPeriod, windows, before is { } last ? first - last : null, groups);
        var rule = rules.Find(id);
        return new ErrorGroup(id, state, trace.Type, trace.Frames, template, tally.InPeriod)
        {
            Name = rule?.Name,
            Note = rule?.Note,
            Share = errors == 0 ? 0 : Math.Round((double)tally.InPeriod / errors, 6),
            Expected = expected is { } mean ? Math.Round(mean, 1) : null,
            DaysAway = state == ErrorState.Back ? (int)((first - before!.Value) / 24) : 0,
            FirstSeen = Time(tally.First),
            LastSeen = Time(tally.Last),
            Trend = [.. Enumerable.Range(0, hours).Select(hour => tally.Hours.GetValueOrDefault(first + hour))],
            Services = Ranked(tally.Services),
            Endpoints = Ranked(tally.Endpoints),
            Hosts = Ranked(tally.Hosts),
            Callers = Ranked(tally.Callers),
            Sample = tally.Sample is { } sample ? new ErrorSample(sample.Text, sample.File, sample.Line, Time(sample.Micros)) : null,
        };
    }

    static List<KeyValuePair<string, long>> Ranked(Dictionary<string, long> names) => [.. names.OrderByDescending(name => name.Value).ThenBy(name => name.Key, StringComparer.Ordinal)];

    static string IdOf(string kind, string template) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{kind}|{template}")))[..16];

    static long Micros(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    static DateTimeOffset Time(long micros) => DateTimeOffset.UnixEpoch.AddTicks(micros * TimeSpan.TicksPerMicrosecond);
}
