using System.Runtime.InteropServices;
using System.Text;
using Millrace.Events;

namespace Millrace.Parsing.Layouts;

/// <summary>
/// The shape of a line: literals and fields in turn. Compiled once into steps, each of which knows where its field ends; a field ends
/// at the first place where the whole literal after it stands.
/// </summary>
sealed class LineLayout
{
    readonly List<LayoutStep> _steps = [];
    readonly List<LayoutPiece.Field> _fields = [];

    LineLayout(byte[] lead) => Lead = lead;

    /// <summary>What every line begins with, before the first field.</summary>
    public byte[] Lead { get; }

    /// <summary>One step a field.</summary>
    public LayoutStep[] Steps => [.. _steps];

    /// <summary>The field of each step.</summary>
    public IReadOnlyList<LayoutPiece.Field> Fields => _fields;

    /// <summary>True where text after the last field is accepted when a space parts it off.</summary>
    public bool AllowsTail { get; private init; }

    /// <summary>The same layout for other engines.</summary>
    public RawTable? Raw { get; private set; }

    /// <summary>Compiles pieces. Throws a <see cref="UserException"/> where two fields have nothing between them.</summary>
    /// <param name="pieces">Literals and fields in the order of the line.</param>
    /// <param name="allowsTail">True to accept fields that were added behind the last one.</param>
    public static LineLayout Compile(IEnumerable<LayoutPiece> pieces, bool allowsTail = false)
    {
        var merged = MergeLiterals(pieces);
        var lead = merged is [LayoutPiece.Literal first, ..] ? Encoding.UTF8.GetBytes(first.Text) : [];
        var layout = new LineLayout(lead) { AllowsTail = allowsTail };
        for (var i = 0; i < merged.Count; i++)
        {
            if (merged[i] is LayoutPiece.Field field)
            {
                layout.Add(field, i + 1 < merged.Count ? merged[i + 1] : null, afterQuote: i > 0 && merged[i - 1] is LayoutPiece.Literal before && before.Text.EndsWith('"'));
            }
        }

        layout.MarkAccessHead();
        layout.Raw = LayoutRegex.Of(layout);
        return layout._steps.Count > 0 ? layout : throw new UserException("The layout has no field. Expected at least one, such as $remote_addr or %h.", UserException.Usage);
    }

    /// <summary>The layout as a format fixed for a file.</summary>
    public FormatBinding Bind(string format, FormatInput input, ServiceRule? service = null, ServiceRule? caller = null)
    {
        var (zone, now) = (input.TimeZone, input.AsOf);
        return new()
        {
            Format = format,
            Fields = [.. _fields.Select(field => new FormatField(field.Name, field.Type, field.Meaning))],
            Columns = MapColumns(_fields),
            CreateParser = () => new LayoutParser(this, new LocalZone(zone), now),
            Service = service,
            Caller = caller,
            Raw = Raw,
        };
    }

    /// <summary>Marks where the usual beginning of an access log stands, so that the parser reads it in one go.</summary>
    void MarkAccessHead()
    {
        for (var i = 0; i < _steps.Count; i++)
        {
            var head = AccessHead.Of(CollectionsMarshal.AsSpan(_steps)[i..]);
            if (head.Length > 0)
            {
                _steps[i] = _steps[i] with { Track = LayoutTrack.AccessHead, Head = head };
            }
        }
    }

    static List<LayoutPiece> MergeLiterals(IEnumerable<LayoutPiece> pieces)
    {
        var merged = new List<LayoutPiece>();
        foreach (var piece in pieces)
        {
            if (piece is LayoutPiece.Literal text && merged is [.., LayoutPiece.Literal before])
            {
                merged[^1] = new LayoutPiece.Literal(before.Text + text.Text);
            }
            else
            {
                merged.Add(piece);
            }
        }

        return merged;
    }

    void Add(LayoutPiece.Field field, LayoutPiece? next, bool afterQuote)
    {
        if (next is LayoutPiece.Field other)
        {
            throw new UserException($"The layout has nothing between '{field.Name}' and '{other.Name}', so the end of the first cannot be told. Put a character between them.", UserException.Usage);
        }

        var terminator = next is LayoutPiece.Literal literal ? literal.Text : "";
        var syntax = field.Syntax == FieldSyntax.Text && afterQuote && terminator.StartsWith('"') ? FieldSyntax.Quoted : field.Syntax;
        _steps.Add(new LayoutStep(syntax, Encoding.UTF8.GetBytes(terminator), field.Name, field.Pattern));
        _fields.Add(field);
    }

    /// <summary>
    /// The first field of a line that gives an event column keeps it, but a duration gives way to one of a finer unit; the others become columns of
    /// their own.
    /// </summary>
    public static ColumnMap MapColumns(IReadOnlyList<LayoutPiece.Field> fields)
    {
        var columns = new ColumnMap();
        for (var index = 0; index < fields.Count; index++)
        {
            var field = fields[index];
            if (field.Kind == ColumnSourceKind.RequestPath)
            {
                columns.WithRequest(index);
            }
            else if (field.Kind == ColumnSourceKind.UrlPath && field.Column is null && columns[EventColumn.Path].Kind == ColumnSourceKind.None)
            {
                columns.WithUrl(index);
            }
            else if (field.Column is { } column && (columns[column].Kind == ColumnSourceKind.None || IsFiner(field, fields[columns[column].Field])))
            {
                columns[column] = new(field.Kind, index);
            }
        }

        return columns;
    }

    static bool IsFiner(LayoutPiece.Field field, LayoutPiece.Field taken) => field.Column == EventColumn.DurationUs && field.Syntax > taken.Syntax;
}
