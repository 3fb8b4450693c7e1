using System.Globalization;
using System.Text;
using Millrace.Events;
using Millrace.Parsing;

namespace Millrace.Tests.Parsing.Formats;

/// <summary>Shows a parsed line as text: <c>column: value</c> for each column that is not NULL, or why it is a reject.</summary>
sealed class EventText
{
    readonly IReadOnlyList<OutputColumn> _columns;
    readonly EventWriter _writer;
    readonly LineParser _parser;

    public EventText(FormatBinding binding, string fileName, NamingRules rules, IReadOnlyList<OutputColumn>? columns = null)
    {
        _columns = columns ?? [.. OutputColumn.Events, .. binding.OwnColumns.Select(own => new OutputColumn(own.Name, binding.Fields[own.Field].Type, null))];
        _writer = new(binding, fileName, _columns, rules);
        _parser = binding.CreateParser();
        if (columns is not null)
        {
            _parser.Narrow(_writer.Wanted);
        }
    }

    /// <summary>Has the next line read as under a directive.</summary>
    public EventText Under(byte[] directive)
    {
        _parser.Direct(directive);
        return this;
    }

    /// <summary>Parses a line and shows it; where it holds several records, all of them, with <c>then</c> between them.</summary>
    public IReadOnlyList<string> Read(ReadOnlySpan<byte> line, int lineNumber = 1)
    {
        var shown = new List<string>();
        Show(line, _parser.Parse(line), lineNumber, shown);
        while (_parser.HasMore)
        {
            shown.Add("then");
            Show(line, _parser.Next(line), lineNumber, shown);
        }

        return shown;
    }

    void Show(ReadOnlySpan<byte> line, LineOutcome outcome, int lineNumber, List<string> shown)
    {
        switch (outcome)
        {
            case LineOutcome.Skip:
                shown.Add("skip");
                break;
            case LineOutcome.Reject:
                shown.Add($"reject: {_parser.Fields.RejectReason}");
                break;
            default:
                var sink = new Sink(_columns, shown);
                _writer.Write(line, _parser.Fields, lineNumber, ref sink);
                break;
        }
    }

    readonly struct Sink(IReadOnlyList<OutputColumn> columns, List<string> lines) : IEventSink
    {
        public List<string> Lines => lines;

        public void StartRow(int row)
        {
        }

        public void Null(int column)
        {
        }

        public void Number(int column, long value) => Add(column, columns[column].Type == ColumnType.Timestamp ? Time(value) : value.ToString(CultureInfo.InvariantCulture));

        public void Real(int column, double value) => Add(column, value.ToString("R", CultureInfo.InvariantCulture));

        public void Boolean(int column, bool value) => Add(column, value ? "true" : "false");

        public void Text(int column, ReadOnlySpan<byte> utf8) => Add(column, Visible(new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(utf8)));

        void Add(int column, string value) => lines.Add($"{columns[column].Name}: {value}");

        static string Time(long micros) => micros > DateTime.MaxValue.Subtract(DateTime.UnixEpoch).TotalMicroseconds
            ? $"{micros} µs"
            : DateTime.UnixEpoch.AddMicroseconds(micros).ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFZ", CultureInfo.InvariantCulture);

        static string Visible(string text) => text.Replace("\r", "\\r", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal).Replace("\t", "\\t", StringComparison.Ordinal);
    }
}
