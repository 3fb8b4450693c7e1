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
    RawTable? _raw;
    readonly List<LayoutPiece.Field> _fields = [];

    LineLayout(byte[] lead) => Lead = lead;

    /// <summary>What every line begins with, before the first field.</summary>
    public byte[] Lead { get; }

    /// <summary>One step a field.</summary>
    public LayoutStep[] Steps { get; private set; } = [];

    /// <summary>The field of each step.</summary>
    public IReadOnlyList<LayoutPiece.Field> Fields => _fields;

    /// <summary>True where text after the last field is accepted when a space parts it off.</summary>
    public bool AllowsTail { get; private init; }

    /// <summary>What every line ends with that this layout reads; empty where lines end in different ways.</summary>
    public byte[] End => AllowsTail || _steps.Exists(step => step.Ending is not null) ? [] : _steps[^1].TerminatorBytes;

    /// <summary>The same layout for other engines.</summary>
    public RawTable Raw => _raw ??= LayoutRegex.Of(this);

    /// <summary>A line that is no event but names the fields; empty where there is none.</summary>
    public byte[] Header { get; private init; } = [];

    /// <summary>The numbers that are sums of fields; their values follow those of the steps.</summary>
    public IReadOnlyList<LayoutPiece.Sum> Sums { get; private init; } = [];

    /// <summary>Compiles pieces. Throws a <see cref="UserException"/> where two fields have nothing between them.</summary>
    /// <param name="pieces">Literals and fields in the order of the line.</param>
    /// <param name="allowsTail">True to accept fields that were added behind the last one.</param>
    /// <param name="header">A line that is skipped wherever it stands.</param>
    public static LineLayout Compile(IEnumerable<LayoutPiece> pieces, bool allowsTail = false, string header = "")
    {
        var merged = MergeLiterals(pieces);
        var lead = merged is [LayoutPiece.Literal first, ..] ? Encoding.UTF8.GetBytes(first.Text) : [];
        var layout = new LineLayout(lead) { AllowsTail = allowsTail, Header = Encoding.UTF8.GetBytes(header), Sums = [.. pieces.OfType<LayoutPiece.Sum>()] };
        for (var i = 0; i < merged.Count; i++)
        {
            if (merged[i] is LayoutPiece.Field field)
            {
                layout.Add(field, merged[(i + 1)..], afterQuote: i > 0 && merged[i - 1] is LayoutPiece.Literal before && before.Text.EndsWith('"'));
            }
        }

        layout.MarkAccessHead();
        layout.Steps = [.. layout._steps];
        return layout._steps.Count > 0 ? layout : throw new UserException("The layout has no field. Expected at least one, such as $remote_addr or %h.", UserException.Usage);
    }

    /// <summary>The numbers of the fields that each sum adds.</summary>
    public int[][] SumParts => [.. Sums.Select(sum => sum.Parts.Select(IndexOf).ToArray())];

    /// <summary>The layout as a format fixed for a file.</summary>
    public FormatBinding Bind(string format, FormatInput input, ServiceRule? service = null, ServiceRule? caller = null, ServiceRule? region = null)
    {
        var columns = MapColumns(_fields);
        for (var i = 0; i < Sums.Count; i++)
        {
            columns[Sums[i].Column] = ColumnSource.From(_fields.Count + i);
        }

        var (zone, now) = (input.TimeZone, input.AsOf);
        return new()
        {
            Format = format,
            Fields =
            [
                .. _fields.Select(field => new FormatField(field.Name, field.Type, field.Meaning)),
                .. Sums.Select(sum => new FormatField(sum.Name, ColumnType.Integer, sum.Meaning)),
            ],
            Columns = columns,
            CreateParser = () => new LayoutParser(this, new LocalZone(zone), now),
            Service = service,
            Caller = caller,
            Region = region,
            RawSource = () => Raw,
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

    void Add(LayoutPiece.Field field, List<LayoutPiece> rest, bool afterQuote)
    {
        if (rest is [LayoutPiece.Field other, ..])
        {
            throw new UserException($"The layout has nothing between '{field.Name}' and '{other.Name}', so the end of the first cannot be told. Put a character between them.", UserException.Usage);
        }

        // Between a field and the next stand literals, at most one of which ends the line.
        var between = rest.TakeWhile(piece => piece is not LayoutPiece.Field).ToList();
        var terminator = TextOf(between);
        var ending = between.FindIndex(piece => piece is LayoutPiece.MayEnd) is var end and >= 0 ? Encoding.UTF8.GetBytes(TextOf(between[..end])) : null;
        var syntax = field.Syntax == FieldSyntax.Text && afterQuote && terminator.StartsWith('"') ? FieldSyntax.Quoted : field.Syntax;
        var plainFollowers = rest.OfType<LayoutPiece.Field>().TakeWhile(follower => follower.Syntax != FieldSyntax.LooseQuoted).Count();
        _steps.Add(new LayoutStep(syntax, Encoding.UTF8.GetBytes(terminator), field.Name, ending, plainFollowers, field.Pattern));
        _fields.Add(field);
    }

    static string TextOf(IEnumerable<LayoutPiece> pieces) => string.Concat(pieces.OfType<LayoutPiece.Literal>().Select(literal => literal.Text));

    int IndexOf(string name) => _fields.FindIndex(field => field.Name == name);

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
