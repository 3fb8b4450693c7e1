using Millrace.Events;
using Millrace.Parsing.Formats;
using Millrace.Parsing.Lines;

namespace Millrace.Parsing.Layouts;

/// <summary>
/// Several layouts that one program writes, at different times or into one file. A line is read by the first that accepts it; fields of the same name
/// are one field. Where one layout has the request line and another its parts, the request line is taken apart.
/// </summary>
sealed class LayoutChoice
{
    // How a request line and its parts are called in nginx's words, which all layouts of a choice use.
    const string Request = "request";
    static readonly string[] RequestParts = ["request_method", "request_uri", "server_protocol"];

    readonly LineLayout[] _layouts;
    readonly LineCheck? _check;
    readonly List<LayoutPiece.Field> _fields = [];
    readonly bool _splitsRequests;

    // For each layout and each of its fields, the field of the choice; for a request line that is taken apart, that of its method.
    readonly int[][] _targets;

    // Where the parts of a request line go.
    readonly int[] _parts;

    /// <summary>Puts layouts together. The fields are those of the first layout, then what the others add.</summary>
    /// <param name="layouts">The layouts, in the order in which they are tried.</param>
    /// <param name="check">What must hold of a line that a layout reads, and no layout can say; null where there is nothing.</param>
    public LayoutChoice(LineLayout[] layouts, LineCheck? check = null)
    {
        _layouts = layouts;
        _check = check;
        var all = layouts.SelectMany(layout => layout.Fields).ToList();
        _splitsRequests = all.Exists(field => field.Name == Request) && all.Exists(field => field.Name == RequestParts[0]);
        foreach (var field in all.SelectMany(Parts))
        {
            var known = _fields.Find(other => other.Name == field.Name);
            if (known is null)
            {
                _fields.Add(field);
            }
            else if (known.Type != field.Type)
            {
                throw new InvalidOperationException($"The field '{field.Name}' is {known.Type} in one layout and {field.Type} in another.");
            }
        }

        _targets = [.. layouts.Select(layout => layout.Fields.Select(field => _fields.FindIndex(other => other.Name == Parts(field).First().Name)).ToArray())];
        _parts = [.. RequestParts.Select(name => _fields.FindIndex(field => field.Name == name))];
    }

    /// <summary>Says why a line that was read is rejected all the same; null where it is not.</summary>
    /// <param name="line">The line.</param>
    /// <param name="values">The fields of the choice.</param>
    public delegate string? LineCheck(ReadOnlySpan<byte> line, ReadOnlySpan<FieldValue> values);

    /// <summary>The layouts as one format fixed for a file.</summary>
    public FormatBinding Bind(string format, FormatInput input, ServiceRule? service = null)
    {
        var zone = input.TimeZone;
        return new()
        {
            Format = format,
            Fields = [.. _fields.Select(field => new FormatField(field.Name, field.Type, field.Meaning))],
            Columns = LineLayout.MapColumns(_fields),
            CreateParser = () => new Parser(this, zone),
            Service = service,
            RawSource = () => _layouts.Length == 1 ? _layouts[0].Raw : new RawTable.None("its lines have one of several layouts, and an expression has one"),
        };
    }

    IEnumerable<LayoutPiece.Field> Parts(LayoutPiece.Field field) => _splitsRequests && field.Name == Request ? RequestParts.Select(NginxFormat.Variable) : [field];

    int RequestOf(LineLayout layout) => _splitsRequests ? layout.Fields.ToList().FindIndex(field => field.Name == Request) : -1;

    sealed class Parser : LineParser
    {
        readonly LayoutChoice _choice;
        readonly LayoutParser[] _parsers;

        // What a line ends with that a layout reads: those that it cannot be are not tried.
        readonly byte[][] _ends;
        readonly int[] _requests;

        public Parser(LayoutChoice choice, TimeZoneInfo zone)
            : base(choice._fields.Count)
        {
            _choice = choice;
            _parsers = [.. choice._layouts.Select(layout => new LayoutParser(layout, new LocalZone(zone)))];
            _ends = [.. choice._layouts.Select(layout => layout.End)];
            _requests = [.. choice._layouts.Select(choice.RequestOf)];
        }

        public override bool UsesQuotes => Array.Exists(_parsers, parser => parser.UsesQuotes);

        public override LineOutcome Parse(ReadOnlySpan<byte> line) => Parse(line, default);

        public override LineOutcome Parse(ReadOnlySpan<byte> line, in LineQuotes quotes)
        {
            for (var i = 0; i < _parsers.Length; i++)
            {
                if (line.EndsWith(_ends[i]) && _parsers[i].Parse(line, in quotes) == LineOutcome.Event)
                {
                    Take(line, _parsers[i].Fields.Values, _choice._targets[i], _requests[i]);
                    return _choice._check?.Invoke(line, Fields.Values) is { } objection ? Fields.Reject(objection, 0) : LineOutcome.Event;
                }
            }

            return RejectByFurthest(line, in quotes);
        }

        /// <summary>Rejects a line that no layout reads. The one that came furthest says best what is wrong.</summary>
        LineOutcome RejectByFurthest(ReadOnlySpan<byte> line, in LineQuotes quotes)
        {
            var reason = "";
            var position = -1;
            foreach (var parser in _parsers)
            {
                parser.Parse(line, in quotes);
                if (parser.Fields.RejectPosition > position)
                {
                    position = parser.Fields.RejectPosition;
                    reason = parser.Fields.RejectReason!;
                }
            }

            return Fields.Reject(reason, position);
        }

        void Take(ReadOnlySpan<byte> line, FieldValue[] values, int[] targets, int request)
        {
            Fields.Values.AsSpan().Clear();
            for (var field = 0; field < values.Length; field++)
            {
                if (field == request)
                {
                    TakeRequest(line, values[field]);
                }
                else
                {
                    Fields.Values[targets[field]] = values[field];
                }
            }
        }

        void TakeRequest(ReadOnlySpan<byte> line, in FieldValue request)
        {
            var parts = RequestLine.Split(request.HasValue ? line.Slice(request.Start, request.Length) : default);
            if (!parts.Target.IsEmpty)
            {
                Set(0, request.Start, parts.Method.Length, TextEscape.None);
                Set(1, request.Start + parts.TargetStart, parts.Target.Length, request.Escape);
                Set(2, request.Start + request.Length - parts.Protocol.Length, parts.Protocol.Length, TextEscape.None);
            }
        }

        void Set(int part, int start, int length, TextEscape escape) => Fields.Values[_choice._parts[part]] = length == 0 ? default : FieldValue.Text(start, length, escape);
    }
}
