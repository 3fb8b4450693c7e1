using System.Runtime.CompilerServices;
using Millrace.Events;

namespace Millrace.Parsing;

/// <summary>
/// Writes the asked-for columns of a parsed line to a sink: the only place where text is decoded. Made for one file and one thread.
/// </summary>
public sealed partial class EventWriter
{
    readonly Cell[] _cells;
    readonly ColumnSource _path;
    readonly TextDecoder _decoder = new();
    readonly AttributeWriter _attributes;
    readonly EndpointRules _endpointRules;
    byte[] _endpoint = new byte[256];

    /// <summary>Prepares the columns of one file.</summary>
    /// <param name="binding">The file's format.</param>
    /// <param name="fileName">What the <c>file</c> column shows, and what the rules read names from.</param>
    /// <param name="columns">The columns to write, in the order of the sink.</param>
    /// <param name="rules">Which rules name service and caller; the format's own ones where it has none.</param>
    public EventWriter(FormatBinding binding, string fileName, IReadOnlyList<OutputColumn> columns, NamingRules rules)
    {
        _path = binding.Columns[EventColumn.Path];
        _attributes = new AttributeWriter(_decoder);
        _endpointRules = rules.Endpoints;
        _cells = new Cell[columns.Count];
        for (var i = 0; i < _cells.Length; i++)
        {
            _cells[i] = Prepare(columns[i], binding, fileName, rules);
        }

        Wanted = WantedBy(_cells);
    }

    /// <summary>The fields that the columns are made from.</summary>
    public WantedFields Wanted { get; }

    /// <summary>Writes one row.</summary>
    /// <param name="line">The line that was parsed.</param>
    /// <param name="fields">Its fields.</param>
    /// <param name="lineNumber">Its number in the file, from 1; not looked at unless the <c>line</c> column is asked for.</param>
    /// <param name="sink">Where the row goes.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Write<TSink>(ReadOnlySpan<byte> line, LineFields fields, long lineNumber, ref TSink sink)
        where TSink : struct, IEventSink
    {
        var cells = _cells;
        for (var column = 0; column < cells.Length; column++)
        {
            ref readonly var cell = ref cells[column];
            switch (cell.Kind)
            {
                case CellKind.Number:
                    ref readonly var value = ref fields.Values[cell.Source.Field];
                    if (value.HasValue)
                    {
                        sink.Number(column, value.Number);
                    }
                    else
                    {
                        sink.Null(column);
                    }

                    break;
                case CellKind.Text:
                    WriteText(ref sink, column, Text(line, fields, cell.Source));
                    break;
                case CellKind.Line:
                    sink.Number(column, lineNumber);
                    break;
                case CellKind.None:
                    sink.Null(column);
                    break;
                default:
                    WriteOther(line, fields, cell, column, ref sink);
                    break;
            }
        }
    }

    void WriteOther<TSink>(ReadOnlySpan<byte> line, LineFields fields, in Cell cell, int column, ref TSink sink)
        where TSink : struct, IEventSink
    {
        switch (cell.Kind)
        {
            case CellKind.Constant:
                sink.Text(column, cell.Constant);
                break;
            case CellKind.Raw:
                sink.Text(column, _decoder.Repair(fields.RecordOf(line)));
                break;
            case CellKind.Endpoint:
                WriteText(ref sink, column, Endpoint(line, fields, cell.Source));
                break;
            case CellKind.Attributes:
                WriteText(ref sink, column, _attributes.Write(line, fields.Attributes));
                break;
            case CellKind.Real when fields.Values[cell.Source.Field] is { HasValue: true } real:
                sink.Real(column, BitConverter.Int64BitsToDouble(real.Number));
                break;
            case CellKind.Boolean when fields.Values[cell.Source.Field] is { HasValue: true } truth:
                sink.Boolean(column, truth.Number != 0);
                break;
            default:
                sink.Null(column);
                break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void WriteText<TSink>(ref TSink sink, int column, ReadOnlySpan<byte> text)
        where TSink : struct, IEventSink
    {
        if (text.IsEmpty)
        {
            sink.Null(column);
        }
        else
        {
            sink.Text(column, text);
        }
    }

    WantedFields WantedBy(Cell[] cells)
    {
        var numbers = new HashSet<int>();
        var attributes = false;
        foreach (ref readonly var cell in cells.AsSpan())
        {
            Add(numbers, cell.Source);
            if (cell.Kind == CellKind.Endpoint || cell.Source.Kind == ColumnSourceKind.PathSegment)
            {
                Add(numbers, _path);
            }

            attributes |= cell.Kind == CellKind.Attributes;
        }

        return new(numbers, attributes);
    }

    static void Add(HashSet<int> numbers, ColumnSource source)
    {
        if (source.Kind is ColumnSourceKind.None or ColumnSourceKind.Constant)
        {
            return;
        }

        if (source.Field >= 0)
        {
            numbers.Add(source.Field);
        }

        if (source.Other >= 0)
        {
            numbers.Add(source.Other);
        }
    }

    static Cell Prepare(OutputColumn output, FormatBinding binding, string fileName, NamingRules rules)
    {
        if (output.Column is not { } column)
        {
            var index = FieldNamed(binding, output.Name);
            return index < 0 ? default : CellOf(ColumnSource.From(index), output.Type, binding.Fields[index].Type);
        }

        switch (column)
        {
            case EventColumn.Raw:
                return new(CellKind.Raw, default);
            case EventColumn.File:
                return new(CellKind.Constant, default, System.Text.Encoding.UTF8.GetBytes(fileName));
            case EventColumn.Line:
                return new(CellKind.Line, default);
            case EventColumn.Attributes:
                return new(CellKind.Attributes, default);
            case EventColumn.Endpoint:
                return new(CellKind.Endpoint, binding.Columns[column]);
            default:
                var source = rules.Source(column, binding, fileName);
                return CellOf(source, column.Type(), source.Field >= 0 ? binding.Fields[source.Field].Type : ColumnType.Text);
        }
    }

    static int FieldNamed(FormatBinding binding, string name)
    {
        foreach (var (field, ownName) in binding.OwnColumns)
        {
            if (ownName.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return field;
            }
        }

        return -1;
    }

    static Cell CellOf(ColumnSource source, ColumnType wanted, ColumnType held) => source.Kind switch
    {
        ColumnSourceKind.None => default,
        ColumnSourceKind.Constant => new(CellKind.Constant, source, System.Text.Encoding.UTF8.GetBytes(source.Text!)),
        ColumnSourceKind.Field when wanted is ColumnType.Integer or ColumnType.Timestamp => held == wanted ? new(CellKind.Number, source) : default,
        ColumnSourceKind.Field when wanted == ColumnType.Real => held == wanted ? new(CellKind.Real, source) : default,
        ColumnSourceKind.Field when wanted == ColumnType.Boolean => held == wanted ? new(CellKind.Boolean, source) : default,
        _ => new(CellKind.Text, source),
    };

    enum CellKind : byte
    {
        None,
        Number,
        Text,
        Line,
        Constant,
        Raw,
        Endpoint,
        Attributes,
        Real,
        Boolean,
    }

    readonly record struct Cell(CellKind Kind, ColumnSource Source, byte[]? Constant = null);
}
