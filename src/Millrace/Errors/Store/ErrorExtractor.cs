using System.Text;
using Millrace.Errors.Templates;
using Millrace.Queries;

namespace Millrace.Errors.Store;

/// <summary>Reads events once, and gives what each file says of errors.</summary>
/// <param name="session">The session.</param>
/// <param name="countsClientErrors">True where statuses from 400 are errors too.</param>
public sealed class ErrorExtractor(QuerySession session, bool countsClientErrors)
{
    /// <summary>Reads.</summary>
    /// <param name="events">A query that gives the event columns.</param>
    /// <param name="sources">The files that they are of, by their names. One without events gives an extract without errors.</param>
    public IReadOnlyList<ErrorExtract> Read(string events, IReadOnlyDictionary<string, ErrorSource> sources)
    {
        var files = sources.Keys.ToDictionary(name => name, _ => new FileErrors(), StringComparer.Ordinal);
        var (name, current) = (Array.Empty<byte>(), (FileErrors?)null);
        using var rows = session.Execute(ErrorSql.Events(events, countsClientErrors));
        while (rows.Read())
        {
            if (current is null || !ErrorSql.File(rows).SequenceEqual(name))
            {
                name = ErrorSql.File(rows).ToArray();
                current = files[Encoding.UTF8.GetString(name)];
            }

            current.AddEvent(ErrorSql.Micros(rows));
            if (ErrorSql.IsError(rows))
            {
                current.AddError(ErrorSql.Read(rows));
            }
        }

        return [.. files.Select(file => file.Value.Extract(sources[file.Key]))];
    }

    sealed class FileErrors
    {
        readonly TemplateMiner _miner = new();
        readonly Dictionary<(int Shape, string Trace), ErrorKind> _kinds = [];
        readonly Dictionary<(string Kind, long Hour), ErrorTally> _cells = [];
        readonly SortedDictionary<long, int> _days = [];
        long _hour = long.MinValue;

        public void AddEvent(long micros)
        {
            var hour = ErrorTime.HourOf(micros);
            if (hour != _hour)
            {
                _hour = hour;
                var day = ErrorTime.DayOf(hour);
                _days[day] = _days.GetValueOrDefault(day) | (1 << (int)(hour - (day * ErrorTime.HoursPerDay)));
            }
        }

        public void AddError(in ErrorEvent error)
        {
            var trace = StackTrace.Of(error.Text);
            var shape = _miner.Add(Encoding.UTF8.GetBytes(error.Message));
            if (!_kinds.TryGetValue((shape, trace.Key), out var kind))
            {
                _kinds.Add((shape, trace.Key), kind = new ErrorKind(_miner.WordsOf(shape), trace.Type, trace.Frames));
            }

            var hour = ErrorTime.HourOf(error.Micros);
            if (!_cells.TryGetValue((kind.Id, hour), out var tally))
            {
                _cells.Add((kind.Id, hour), tally = new ErrorTally());
            }

            tally.Add(error, hour, isInPeriod: true);
        }

        public ErrorExtract Extract(ErrorSource source) => new(
            source,
            [.. _kinds.Values.DistinctBy(kind => kind.Id).OrderBy(kind => kind.Id, StringComparer.Ordinal)],
            [.. _cells.OrderBy(cell => cell.Key.Hour).ThenBy(cell => cell.Key.Kind, StringComparer.Ordinal).Select(cell => cell.Value.ToCell(cell.Key.Kind, cell.Key.Hour))],
            [.. _days.Select(day => new ErrorDay(day.Key, day.Value))]);
    }
}
