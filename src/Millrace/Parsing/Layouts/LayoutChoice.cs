using Millrace.Events;
using Millrace.Parsing.Formats;

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
    readonly List<LayoutPiece.Field> _fields = [];
    readonly bool _splitsRequests;

    // For each layout and each of its fields, the field of the choice; for a request line that is taken apart, that of its method.
    readonly int[][] _targets;

    /// <summary>Puts layouts together. The fields are those of the first layout, then what the others add.</summary>
    public LayoutChoice(params LineLayout[] layouts)
    {
        _layouts = layouts;
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
    }

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
            Raw = new RawTable.None("its lines have one of several layouts, and an expression has one"),
        };
    }

    IEnumerable<LayoutPiece.Field> Parts(LayoutPiece.Field field) => _splitsRequests && field.Name == Request ? RequestParts.Select(NginxFormat.Variable) : [field];

    int RequestOf(LineLayout layout) => _splitsRequests ? layout.Fields.ToList().FindIndex(field => field.Name == Request) : -1;

    sealed class Parser : LineParser
    {
        readonly LayoutParser[] _parsers;

        readonly int[][] _targets;
        readonly int[] _requests;

        public Parser(LayoutChoice choice, TimeZoneInfo zone)
            : base(choice._fields.Count)
        {
            _parsers = [.. choice._layouts.Select(layout => new LayoutParser(layout, new LocalZone(zone)))];
            _requests = [.. choice._layouts.Select(choice.RequestOf)];
            _targets = choice._targets;
        }

        public override LineOutcome Parse(ReadOnlySpan<byte> line)
        {
            var reason = "";
            var position = -1;
            for (var i = 0; i < _parsers.Length; i++)
            {
                if (_parsers[i].Parse(line) == LineOutcome.Event)
                {
                    Take(line, _parsers[i].Fields.Values, _targets[i], _requests[i]);
                    return LineOutcome.Event;
                }

                // The layout that came furthest says best what is wrong.
                if (_parsers[i].Fields.RejectPosition > position)
                {
                    position = _parsers[i].Fields.RejectPosition;
                    reason = _parsers[i].Fields.RejectReason!;
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
                    TakeRequest(line, values[field], targets[field]);
                }
                else
                {
                    Fields.Values[targets[field]] = values[field];
                }
            }
        }

        void TakeRequest(ReadOnlySpan<byte> line, in FieldValue request, int method)
        {
            if (!request.HasValue)
            {
                return;
            }

            var parts = RequestLine.Split(line.Slice(request.Start, request.Length));
            if (parts.Method.IsEmpty)
            {
                return;
            }

            var target = request.Start + parts.Method.Length + 1;
            Fields.Values[method] = FieldValue.Text(request.Start, parts.Method.Length);
            Set(method + 1, target, parts.Target.Length, request.Escape);
            Set(method + 2, request.Start + request.Length - parts.Protocol.Length, parts.Protocol.Length, request.Escape);
        }

        void Set(int field, int start, int length, TextEscape escape) => Fields.Values[field] = length == 0 ? default : FieldValue.Text(start, length, escape);
    }
}
