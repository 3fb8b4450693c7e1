using System.Globalization;
using System.Text;
using Millrace.Events;
using Millrace.Parsing;

namespace Millrace.Cli.Commands;

/// <summary>Shows how lines are read: each field with its value and the event columns made from it, each reject with the place where reading ended.</summary>
sealed class FormatTrial
{
    static readonly EventColumn[] OfNoField = [EventColumn.Endpoint, EventColumn.Attributes, EventColumn.Raw, EventColumn.File, EventColumn.Line];

    readonly FormatBinding _binding;
    readonly TextWriter _output;
    readonly OutputColumn[] _columns = [.. OutputColumn.Events.Where(column => column.Column is not (EventColumn.Raw or EventColumn.File or EventColumn.Line))];
    readonly EventWriter _writer;
    readonly string?[] _values;

    public FormatTrial(FormatBinding binding, string fileName, NamingRules rules, TextWriter output)
    {
        _binding = binding;
        _output = output;
        _writer = new EventWriter(binding, fileName, _columns, rules);
        _values = new string?[_columns.Length];
        Parser = binding.CreateParser();
    }

    public LineParser Parser { get; }

    public int Lines { get; private set; }

    public int Events { get; private set; }

    public int Rejects { get; private set; }

    /// <summary>Reads a line and shows what it says.</summary>
    public void Show(ReadOnlySpan<byte> line, int number, int lineCount)
    {
        Lines += lineCount;
        Show(line, Parser.Parse(line), $"line {number}");
        for (var record = 2; Parser.HasMore; record++)
        {
            Show(line, Parser.Next(line), $"line {number}, record {record}");
        }
    }

    void Show(ReadOnlySpan<byte> line, LineOutcome outcome, string name)
    {
        _output.WriteLine();
        if (outcome == LineOutcome.Event)
        {
            Events++;
            _output.WriteLine(name);
            ShowLine(line);
            ShowFields(line);
        }
        else if (outcome == LineOutcome.Reject)
        {
            Rejects++;
            _output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: reject: {Parser.Fields.RejectReason}, at byte {Parser.Fields.RejectPosition + 1}"));
            ShowLine(line);
            var before = Encoding.UTF8.GetString(line[..Math.Min(Parser.Fields.RejectPosition, line.Length)]);
            _output.WriteLine($"  {new string(' ', before[(before.LastIndexOf('\n') + 1)..].EnumerateRunes().Count())}^");
        }
        else
        {
            _output.WriteLine($"{name}: no event");
            ShowLine(line);
        }
    }

    // A tab or another control character takes one place, so that the mark below stands where it should.
    void ShowLine(ReadOnlySpan<byte> line)
    {
        foreach (var one in Encoding.UTF8.GetString(line).Split('\n'))
        {
            _output.WriteLine($"  {OneLine(one)}");
        }
    }

    void ShowFields(ReadOnlySpan<byte> line)
    {
        Array.Clear(_values);
        var sink = new Sink(_columns, _values);
        _writer.Write(line, Parser.Fields, lineNumber: 0, ref sink);
        var nameWidth = _binding.Fields.Max(field => field.Name.Length);
        for (var index = 0; index < _binding.Fields.Count; index++)
        {
            var field = _binding.Fields[index];
            var value = OneLine(Value(line, Parser.Fields.Values[index], field.Type));
            var columns = string.Join(", ", ColumnsOf(index, value));
            _output.WriteLine($"  {field.Name.PadRight(nameWidth)}  {field.Type.ToString().ToLowerInvariant(),-9}  {value,-28}{(columns.Length > 0 ? $"  → {columns}" : "")}".TrimEnd());
        }

        foreach (var (column, value) in _columns.Zip(_values).Where(pair => pair.Second is not null && IsOfNoField(pair.First.Column!.Value)))
        {
            _output.WriteLine($"  → {column.Name} {OneLine(value!)}");
        }
    }

    bool IsOfNoField(EventColumn column) => OfNoField.Contains(column) || _binding.Columns[column].Field < 0;

    /// <summary>The event columns made from a field; with their values where those are not the field's.</summary>
    IEnumerable<string> ColumnsOf(int field, string value) =>
        from pair in _columns.Zip(_values)
        let source = _binding.Columns[pair.First.Column!.Value]
        where source.Field == field && source.Kind != ColumnSourceKind.None && !OfNoField.Contains(pair.First.Column!.Value) && (pair.Second is not null || source.Kind == ColumnSourceKind.Field)
        select pair.Second is null || OneLine(pair.Second) == value ? pair.First.Name : $"{pair.First.Name} {OneLine(pair.Second)}";

    static string Value(ReadOnlySpan<byte> line, FieldValue value, ColumnType type) => !value.HasValue ? "NULL" : type switch
    {
        ColumnType.Timestamp => InstantText.Format(InstantText.FromMicros(value.Number)),
        ColumnType.Integer => value.Number.ToString(CultureInfo.InvariantCulture),
        ColumnType.Real => BitConverter.Int64BitsToDouble(value.Number).ToString("R", CultureInfo.InvariantCulture),
        ColumnType.Boolean => value.Number != 0 ? "true" : "false",
        _ => Encoding.UTF8.GetString(line.Slice(value.Start, value.Length)),
    };

    static string OneLine(string text) => string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));

    readonly struct Sink(OutputColumn[] columns, string?[] values) : IEventSink
    {
        public void StartRow(int row)
        {
        }

        public void Null(int column)
        {
        }

        public void Number(int column, long value) => values[column] =
            columns[column].Type == ColumnType.Timestamp ? InstantText.Format(InstantText.FromMicros(value)) : value.ToString(CultureInfo.InvariantCulture);

        public void Real(int column, double value) => values[column] = value.ToString("R", CultureInfo.InvariantCulture);

        public void Boolean(int column, bool value) => values[column] = value ? "true" : "false";

        public void Text(int column, ReadOnlySpan<byte> utf8) => values[column] = Encoding.UTF8.GetString(utf8);
    }
}
