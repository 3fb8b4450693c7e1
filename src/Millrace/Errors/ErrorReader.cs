using System.Globalization;
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

    /// <summary>Where the history of a period begins.</summary>
    /// <param name="since">The period's first instant.</param>
    public static DateTimeOffset HistoryOf(DateTimeOffset since) => since.UtcTicks > History.Ticks ? since - History : DateTimeOffset.MinValue;

    readonly TemplateMiner _miner = new();
    readonly Dictionary<(int Shape, string Trace), (StackTrace Trace, ErrorTally Tally)> _tallies = [];

    /// <summary>Reads.</summary>
    /// <param name="events">A query that gives the event columns of those events whose errors count.</param>
    /// <param name="all">The same of all events, which say how far back the logs go.</param>
    /// <param name="since">The period's first instant.</param>
    /// <param name="until">Its last.</param>
    /// <param name="countsClientErrors">True where statuses from 400 are errors too.</param>
    public ErrorDigest Read(string events, string all, DateTimeOffset since, DateTimeOffset until, bool countsClientErrors)
    {
        var (from, to) = (ErrorTime.Micros(since), ErrorTime.Micros(until));
        using (var rows = session.Execute(ErrorSql.Errors(events, countsClientErrors)))
        {
            while (rows.Read())
            {
                var error = ErrorSql.Read(rows);
                Add(error, ErrorTime.HourOf(error.Micros - from), error.Micros >= from && error.Micros <= to);
            }
        }

        // Hours count from the beginning of the period, which need not be a whole one.
        var (historyHours, inPeriod) = Counts(all, from, to);
        var kinds = _tallies.Select(kind => (kind.Value.Trace, _miner.GroupOf(kind.Key.Shape).Template, kind.Value.Tally));
        return new ErrorGrouping(rules, since, until, firstHour: 0, historyHours)
            .Digest(kinds.Select(kind => new ErrorPart(kind.Trace.GroupWith(kind.Template), kind.Trace, kind.Template, kind.Tally))) with
        { Events = inPeriod };
    }

    /// <summary>How far back there are events, and how many the period has.</summary>
    (long HistoryHours, long Events) Counts(string events, long from, long to)
    {
        var inPeriod = string.Create(CultureInfo.InvariantCulture, $"COUNT(*) FILTER (WHERE epoch_us(\"timestamp\") BETWEEN {from} AND {to})");
        using var rows = session.Execute($"SELECT epoch_us(MIN(\"timestamp\")), {inPeriod} FROM ({events})");
        rows.Read();
        var hours = rows.Columns[0].IsNull(rows.Row) ? 0 : Math.Max(0, -ErrorTime.HourOf(rows.Columns[0].Integer(rows.Row) - from));
        return (hours, rows.Columns[1].Integer(rows.Row));
    }

    void Add(in ErrorEvent error, long hour, bool isInPeriod)
    {
        var trace = StackTrace.Of(error.Text);
        var key = (_miner.Add(Encoding.UTF8.GetBytes(error.Message)), trace.Key);
        if (!_tallies.TryGetValue(key, out var kept))
        {
            _tallies.Add(key, kept = (trace, new ErrorTally()));
        }

        kept.Tally.Add(error, hour, isInPeriod);
    }
}
