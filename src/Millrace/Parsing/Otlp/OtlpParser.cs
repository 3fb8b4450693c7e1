using Millrace.Events;
using Millrace.Parsing.Json;

namespace Millrace.Parsing.Otlp;

/// <summary>Reads lines of OTLP's JSON, each of which holds any number of log records.</summary>
sealed class OtlpParser() : LineParser(OtlpField.All.Count)
{
    static readonly JsonPaths NoPaths = new(isExact: true);
    static readonly JsonPaths Paths = OtlpField.Paths();

    readonly JsonLine _json = new(NoPaths);
    readonly JsonKeyCache _keys = new(Paths);
    readonly FieldValue[] _shared = new FieldValue[OtlpField.All.Count];
    OtlpCursor _cursor;

    // The resource and the scope whose fields are in _shared.
    int _resource;
    int _scope;
    FieldValue _observed;

    public override LineOutcome Parse(ReadOnlySpan<byte> line)
    {
        Clear();
        HasMore = false;
        _resource = int.MinValue;
        if (!_json.TryRead(line))
        {
            return Fields.Reject(_json.Error, _json.ErrorPosition);
        }

        if (!OtlpCursor.TryOpen(line, out _cursor))
        {
            return Fields.Reject("the object holds neither resourceLogs nor scopeLogs", 0);
        }

        HasMore = _cursor.TryGoOn(line);
        return HasMore ? Next(line) : LineOutcome.Skip;
    }

    public override LineOutcome Next(ReadOnlySpan<byte> line)
    {
        Clear();
        var start = _cursor.Record;
        var outcome = ReadRecord(line, start, out var end);
        end = outcome == LineOutcome.Event ? end : JsonExtent.EndOfValue(line, start);
        Fields.Record = (start, end - start);
        _cursor.Leave(line, end);
        HasMore = _cursor.TryGoOn(line);
        return outcome;
    }

    void Clear()
    {
        Fields.Record = default;
        Fields.Attributes.Clear();
        Fields.Values.AsSpan().Clear();
    }

    /// <summary>Reads what the records of a scope have in common.</summary>
    void ReadShared(ReadOnlySpan<byte> line, int resource, int scope)
    {
        (_resource, _scope) = (resource, scope);
        _shared.AsSpan().Clear();
        if (scope >= 0 && OtlpCursor.Find(line, scope, "name"u8) is var name and >= 0)
        {
            SetText(line, name..JsonExtent.EndOfValue(line, name), ref _shared[OtlpField.Scope]);
        }

        if (resource >= 0)
        {
            _shared[OtlpField.Resource] = FieldValue.Text(resource, JsonExtent.EndOfValue(line, resource) - resource, TextEscape.JsonValue);
            if (OtlpCursor.Find(line, resource, "attributes"u8) is var attributes and >= 0)
            {
                ReadAttributes(line, attributes, _shared, areOfRecord: false);
            }
        }
    }

    LineOutcome ReadRecord(ReadOnlySpan<byte> line, int record, out int end)
    {
        end = 0;
        if (line[record] != '{')
        {
            return Fields.Reject("a log record is not an object", record);
        }

        if (_cursor.Resource != _resource || _cursor.Scope != _scope)
        {
            ReadShared(line, _cursor.Resource, _cursor.Scope);
        }

        _shared.CopyTo(Fields.Values, 0);
        _observed = default;
        var at = record + 1;
        while (JsonExtent.TryTakeKey(line, ref at, out var key))
        {
            var start = at;
            if (!TryReadMember(line, key, ref at, out var reason))
            {
                return Fields.Reject(reason, start);
            }
        }

        ref var happened = ref Fields.Values[OtlpField.Time];
        happened = happened.HasValue ? happened : _observed;
        end = OtlpCursor.EndOfObject(line, at);
        return LineOutcome.Event;
    }

    bool TryReadMember(ReadOnlySpan<byte> line, Range key, ref int at, out string reason)
    {
        reason = "";
        var name = line[key];
        if (name.SequenceEqual("attributes"u8))
        {
            at = ReadAttributes(line, at, Fields.Values, areOfRecord: true);
            return true;
        }

        if (name.SequenceEqual("body"u8))
        {
            Fields.Values[OtlpField.Body] = OtlpValue.Read(line, ref at);
            return true;
        }

        var value = at..JsonExtent.EndOfValue(line, at);
        at = value.End.Value;
        if (name.SequenceEqual("timeUnixNano"u8) || name.SequenceEqual("observedTimeUnixNano"u8))
        {
            reason = "the time is not a number of nanoseconds";
            return TryReadTime(line, value, out name[0] == 't' ? ref Fields.Values[OtlpField.Time] : ref _observed);
        }

        var field = FieldOf(name);
        if (field < 0)
        {
            Fields.Attributes.Add(OtlpValue.TextOf(line, key), OtlpValue.JsonOf(line, value));
            return true;
        }

        SetText(line, value, ref Fields.Values[field]);
        reason = "the severity is not a number from 0 to 24";
        return field != OtlpField.SeverityNumber || OtlpValue.TryReadSeverity(line, ref Fields.Values[field]);
    }

    static int FieldOf(ReadOnlySpan<byte> key) => key switch
    {
        _ when key.SequenceEqual("severityNumber"u8) => OtlpField.SeverityNumber,
        _ when key.SequenceEqual("severityText"u8) => OtlpField.SeverityText,
        _ when key.SequenceEqual("traceId"u8) => OtlpField.TraceId,
        _ when key.SequenceEqual("spanId"u8) => OtlpField.SpanId,
        _ when key.SequenceEqual("eventName"u8) => OtlpField.EventName,
        _ => -1,
    };

    /// <summary>Reads a list of <c>{"key": …, "value": {"stringValue": …}}</c>: those of known keys into fields, the others, if they are the record's, into attributes.</summary>
    /// <returns>The place behind the list.</returns>
    int ReadAttributes(ReadOnlySpan<byte> line, int list, FieldValue[] values, bool areOfRecord)
    {
        if (line[list] != '[')
        {
            return JsonExtent.EndOfValue(line, list);
        }

        var at = OtlpCursor.FirstElement(line, list);
        while (line[at] != ']')
        {
            var (name, field) = TakePair(line, ref at);
            var path = name.Length > 0 ? _keys.Find(JsonPaths.Root, line.Slice(name.Start, name.Length), 0).Step.Path : -1;
            if (path >= 0 && OtlpValue.TryFit(line, OtlpField.All[OtlpField.Service + path].Type, ref field))
            {
                values[OtlpField.Service + path] = field;
            }
            else if (areOfRecord && name.HasValue && field.HasValue)
            {
                Fields.Attributes.Add(name, field);
            }

            at = OtlpCursor.NextElement(line, at);
        }

        return at + 1;
    }

    /// <summary>Takes an element of a list of attributes; what is no attribute has no name.</summary>
    static (FieldValue Name, FieldValue Value) TakePair(ReadOnlySpan<byte> line, ref int at)
    {
        var (name, field) = (default(FieldValue), default(FieldValue));
        if (line[at] != '{')
        {
            at = JsonExtent.EndOfValue(line, at);
            return default;
        }

        at++;
        while (JsonExtent.TryTakeKey(line, ref at, out var key))
        {
            var start = at;
            if (line[key].SequenceEqual("value"u8))
            {
                field = OtlpValue.Read(line, ref at);
                continue;
            }

            at = JsonExtent.EndOfValue(line, at);
            if (line[key].SequenceEqual("key"u8) && line[start] == '"')
            {
                name = OtlpValue.TextOf(line, (start + 1)..(at - 1));
            }
        }

        at = OtlpCursor.EndOfObject(line, at);
        return (name, field);
    }

    static void SetText(ReadOnlySpan<byte> line, Range value, ref FieldValue field)
    {
        var text = OtlpValue.JsonOf(line, value);
        field = text.Length > 0 && line[value.Start] != 'n' ? text : default;
    }

    /// <summary>Reads nanoseconds since 1970 as a number or a string; 0 is a time that is not known.</summary>
    static bool TryReadTime(ReadOnlySpan<byte> line, Range value, out FieldValue time)
    {
        time = OtlpValue.JsonOf(line, value);
        var text = line.Slice(time.Start, time.Length);
        if (text.SequenceEqual("null"u8) || text.IsEmpty)
        {
            time = default;
            return true;
        }

        var isTime = TimeText.TryReadEpoch(text, unitNanos: 1, out var micros);
        time = micros == 0 ? default : FieldValue.Of(micros, time.Start, time.Length);
        return isTime;
    }
}
