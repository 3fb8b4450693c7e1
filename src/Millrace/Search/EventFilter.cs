using Millrace.Events;
using Millrace.Parsing;
using Millrace.Queries.Conditions;
using Millrace.Queries.Scanning;

namespace Millrace.Search;

/// <summary>Reads a line as an event of its file and holds it against range and conditions. Serves one file and one thread.</summary>
sealed class EventFilter
{
    readonly IReadOnlyList<Condition> _filters;
    readonly ScanRange _range;
    readonly EventWriter _writer;
    readonly int _timestamp;
    readonly Values _values;
    readonly Func<LineParser> _createParser;
    LineParser? _parser;

    public EventFilter(LogScan.OpenFile file, IReadOnlyList<Condition> filters, ScanRange range, NamingRules rules)
    {
        _filters = filters;
        _range = range;
        OutputColumn[] columns = [.. filters.Select(filter => OutputColumn.Of(filter.Column))];
        _values = new Values(filters);
        _writer = new EventWriter(file.Binding, file.Name, columns, rules);
        _createParser = file.Binding.CreateParser;
        _timestamp = file.Binding.Columns[EventColumn.Timestamp] is { Kind: ColumnSourceKind.Field } source ? source.Field : -1;
    }

    /// <summary>The parser, made when a line is looked at: most searches look at few of a file's lines, and at none of most files.</summary>
    public LineParser Parser => _parser ??= Create();

    /// <summary>How many lines the range left out because no time could be read in them.</summary>
    public long Undated { get; private set; }

    /// <summary>True where the line is an event, or holds one, that meets range and conditions; without any, every line does.</summary>
    /// <param name="line">The line, with those that continue it.</param>
    /// <param name="lineNumber">Its number.</param>
    /// <param name="timestamp">The event's time in microseconds; null where there is none.</param>
    public bool Accepts(ReadOnlySpan<byte> line, long lineNumber, out long? timestamp)
    {
        var outcome = Parser.Parse(line);
        while (true)
        {
            timestamp = outcome == LineOutcome.Event && _timestamp >= 0 && Parser.Fields.Values[_timestamp] is { HasValue: true } value ? value.Number : null;
            if (IsInRange(timestamp) && Meets(outcome, line, lineNumber))
            {
                return true;
            }

            if (!Parser.HasMore)
            {
                Undated += _range.IsBound && timestamp is null && Meets(outcome, line, lineNumber) ? 1 : 0;
                return false;
            }

            outcome = Parser.Next(line);
        }
    }

    LineParser Create()
    {
        var parser = _createParser();
        parser.Narrow(_writer.Wanted);
        return parser;
    }

    bool IsInRange(long? timestamp) => !_range.IsBound || (timestamp >= (_range.Since ?? long.MinValue) && timestamp <= (_range.Until ?? long.MaxValue));

    bool Meets(LineOutcome outcome, ReadOnlySpan<byte> line, long lineNumber)
    {
        if (_filters.Count == 0)
        {
            return true;
        }

        if (outcome != LineOutcome.Event)
        {
            return false;
        }

        var sink = new Sink(_values);
        sink.StartRow(0);
        _writer.Write(line, Parser.Fields, lineNumber, ref sink);
        return _values.AllMet;
    }

    sealed class Values(IReadOnlyList<Condition> filters)
    {
        public IReadOnlyList<Condition> Filters => filters;

        public bool AllMet { get; set; }
    }

    struct Sink(Values values) : IEventSink
    {
        public readonly void StartRow(int row) => values.AllMet = true;

        public readonly void Null(int column) => values.AllMet &= values.Filters[column].IsMetByNothing;

        public readonly void Number(int column, long value) => values.AllMet &= values.Filters[column].Meets(value);

        public readonly void Real(int column, double value) => values.AllMet &= values.Filters[column].Meets((long)value);

        public readonly void Boolean(int column, bool value) => values.AllMet &= values.Filters[column].Meets(value ? 1 : 0);

        public readonly void Text(int column, ReadOnlySpan<byte> utf8) => values.AllMet &= values.Filters[column].Meets(utf8);
    }
}
