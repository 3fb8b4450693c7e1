using Millrace.Events;
using Millrace.Parsing.Json;

namespace Millrace.Parsing.Otlp;

/// <summary>Reads lines of OTLP's JSON, each of which holds any number of log records.</summary>
sealed class OtlpParser() : LineParser(OtlpField.All.Count)
{
    readonly JsonLine _json = new(new JsonPaths(isExact: true));
    readonly JsonKeyCache _keys = new(OtlpField.Paths());
    OtlpCursor _cursor;

    public override LineOutcome Parse(ReadOnlySpan<byte> line)
    {
        Clear();
        HasMore = false;
        if (!_json.TryRead(line))
        {
            return Fields.Reject(_json.Error, _json.ErrorPosition);
        }

        if (!OtlpCursor.TryOpen(line, out _cursor))
        {
            return Fields.Reject("the object holds neither resourceLogs nor scopeLogs", 0);
        }

        HasMore = _cursor.MoveNext(line);
        return HasMore ? Next(line) : LineOutcome.Skip;
    }

    public override LineOutcome Next(ReadOnlySpan<byte> line)
    {
        Clear();
        var here = _cursor;
        HasMore = _cursor.MoveNext(line);
        var (start, length) = here.Record.GetOffsetAndLength(line.Length);
        Fields.Record = (start, length);
        if (line[start] != '{')
        {
            return Fields.Reject("a log record is not an object", start);
        }

        ReadScope(line, here);
        return ReadRecord(line, start);
    }

    void Clear()
    {
        Fields.Record = default;
        Fields.Attributes.Clear();
        Fields.Values.AsSpan().Clear();
    }

    void ReadScope(ReadOnlySpan<byte> line, in OtlpCursor here)
    {
        if (!here.Scope.Equals(default) && OtlpCursor.TryFind(line, here.Scope.Start.Value, "name"u8, out var name))
        {
            SetText(line, name, OtlpField.Scope);
        }

        if (!here.Resource.Equals(default))
        {
            var (start, length) = here.Resource.GetOffsetAndLength(line.Length);
            Fields.Values[OtlpField.Resource] = FieldValue.Text(start, length, TextEscape.JsonValue);
            if (OtlpCursor.TryFind(line, start, "attributes"u8, out var attributes))
            {
                ReadAttributes(line, attributes.Start.Value, areOfRecord: false);
            }
        }
    }

    LineOutcome ReadRecord(ReadOnlySpan<byte> line, int record)
    {
        var observed = default(FieldValue);
        for (var at = record + 1; JsonExtent.TryTakeMember(line, ref at, out var key, out var value);)
        {
            switch (line[key])
            {
                case var name when name.SequenceEqual("timeUnixNano"u8) || name.SequenceEqual("observedTimeUnixNano"u8):
                    if (!TryReadTime(line, value, out var time))
                    {
                        return Fields.Reject("the time is not a number of nanoseconds", value.Start.Value);
                    }

                    (name[0] == 't' ? ref Fields.Values[OtlpField.Time] : ref observed) = time;
                    break;
                case var name when name.SequenceEqual("severityNumber"u8):
                    SetText(line, value, OtlpField.SeverityNumber);
                    if (!OtlpValue.TryReadSeverity(line, ref Fields.Values[OtlpField.SeverityNumber]))
                    {
                        return Fields.Reject("the severity is not a number from 0 to 24", value.Start.Value);
                    }

                    break;
                case var name when name.SequenceEqual("severityText"u8):
                    SetText(line, value, OtlpField.SeverityText);
                    break;
                case var name when name.SequenceEqual("body"u8):
                    Fields.Values[OtlpField.Body] = OtlpValue.Read(line, value);
                    break;
                case var name when name.SequenceEqual("traceId"u8):
                    SetText(line, value, OtlpField.TraceId);
                    break;
                case var name when name.SequenceEqual("spanId"u8):
                    SetText(line, value, OtlpField.SpanId);
                    break;
                case var name when name.SequenceEqual("eventName"u8):
                    SetText(line, value, OtlpField.EventName);
                    break;
                case var name when name.SequenceEqual("attributes"u8):
                    ReadAttributes(line, value.Start.Value, areOfRecord: true);
                    break;
                default:
                    Fields.Attributes.Add(OtlpValue.TextOf(line, key), OtlpValue.JsonOf(line, value));
                    break;
            }
        }

        ref var happened = ref Fields.Values[OtlpField.Time];
        happened = happened.HasValue ? happened : observed;
        return LineOutcome.Event;
    }

    /// <summary>Reads a list of <c>{"key": …, "value": {"stringValue": …}}</c>: those of known keys into fields, the others, if they are the record's, into attributes.</summary>
    void ReadAttributes(ReadOnlySpan<byte> line, int list, bool areOfRecord)
    {
        if (line[list] != '[')
        {
            return;
        }

        var at = OtlpCursor.FirstElement(line, list);
        while (OtlpCursor.TryTake(line, ref at, out var pair))
        {
            if (!OtlpCursor.TryFind(line, pair.Start.Value, "key"u8, out var key) || line[key.Start] != '"'
                || !OtlpCursor.TryFind(line, pair.Start.Value, "value"u8, out var value))
            {
                continue;
            }

            var name = OtlpValue.TextOf(line, (key.Start.Value + 1)..(key.End.Value - 1));
            var field = OtlpValue.Read(line, value);
            var path = name.Length > 0 ? _keys.Find(JsonPaths.Root, line.Slice(name.Start, name.Length), 0).Step.Path : -1;
            if (path >= 0 && OtlpValue.TryFit(line, OtlpField.All[OtlpField.Service + path].Type, ref field))
            {
                Fields.Values[OtlpField.Service + path] = field;
            }
            else if (areOfRecord && field.HasValue)
            {
                Fields.Attributes.Add(name, field);
            }
        }
    }

    void SetText(ReadOnlySpan<byte> line, Range value, int field)
    {
        var text = OtlpValue.JsonOf(line, value);
        Fields.Values[field] = text.Length > 0 && line[value.Start] != 'n' ? text : default;
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
