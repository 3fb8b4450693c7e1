using System.Text;

namespace Millrace.Parsing.Json;

/// <summary>
/// Reads documents that hold an array of records, <c>{"owner": …, "events": [{…}, {…}]}</c>, one event a record; several documents may follow each other without a line break.
/// Further keys of the document, its envelope, give each of its records the same fields. A document without the array is a record itself, where the format has such.
/// </summary>
/// <param name="records">Reads a record.</param>
/// <param name="array">The key of the array.</param>
/// <param name="envelope">The keys of the envelope whose values become the first fields; those that every document has come first.</param>
/// <param name="required">How many of them every document has; where it is none, a document may be a record itself.</param>
/// <param name="misfit">Why a line is rejected that is no such document.</param>
class JsonRecordsParser(LineParser records, string array, IReadOnlyList<string> envelope, int required, string misfit) : LineParser(envelope.Count + records.Fields.Values.Length)
{
    const string NotClosed = "a JSON document is not closed";
    const string ExpectedEnd = "a comma or the end of a JSON object was expected";

    readonly byte[] _array = Encoding.UTF8.GetBytes(array);
    readonly byte[][] _keys = [.. envelope.Select(Encoding.UTF8.GetBytes)];
    readonly FieldValue[] _envelope = new FieldValue[envelope.Count];

    int _position;

    // The end of the document at hand where it is known already, and whether its array is being read.
    int _documentEnd;
    bool _isInArray;

    // Why the document behind the records that were read is broken, and which keys of the envelope were met.
    string? _broken;
    long _met;

    public sealed override void Narrow(WantedFields wanted) =>
        records.Narrow(new(wanted.Numbers.Where(number => number >= _envelope.Length).Select(number => number - _envelope.Length).ToHashSet(), wanted.Attributes));

    public sealed override LineOutcome Parse(ReadOnlySpan<byte> line)
    {
        _position = 0;
        _isInArray = false;
        _broken = null;
        return Next(line);
    }

    public sealed override LineOutcome Next(ReadOnlySpan<byte> line)
    {
        HasMore = false;
        Fields.Record = default;
        Fields.Attributes.Clear();
        Fields.Values.AsSpan().Clear();
        return _broken is not null ? Fields.Reject(_broken, _position) : _isInArray ? ReadRecord(line) : ReadDocument(line);
    }

    /// <summary>True where the records of the document at hand are no events.</summary>
    /// <param name="line">The line.</param>
    /// <param name="values">The values of the envelope.</param>
    protected virtual bool IsSkipped(ReadOnlySpan<byte> line, ReadOnlySpan<FieldValue> values) => false;

    LineOutcome ReadDocument(ReadOnlySpan<byte> line)
    {
        var start = JsonSyntax.SkipSpace(line, _position);
        if (JsonSyntax.ByteAt(line, start) != '{')
        {
            return Fields.Reject(misfit, start);
        }

        _envelope.AsSpan().Clear();
        _met = 0;
        _documentEnd = -1;
        var at = start + 1;
        var arrayAt = -1;
        while (JsonExtent.TryTakeKey(line, ref at, out var key))
        {
            if (line[key].SequenceEqual(_array) && JsonSyntax.ByteAt(line, at) == '[')
            {
                arrayAt = at;
                if (HasRequired())
                {
                    return BeginArray(line, arrayAt);
                }
            }

            var end = JsonExtent.EndOfValue(line, at);
            if (end < 0)
            {
                return Fields.Reject(NotClosed, line.Length);
            }

            Keep(line, line[key], at, end);
            at = end;
        }

        at = JsonSyntax.SkipSpace(line, at);
        if (JsonSyntax.ByteAt(line, at) != '}')
        {
            return Fields.Reject(at >= line.Length ? NotClosed : ExpectedEnd, Math.Min(at, line.Length));
        }

        _documentEnd = at + 1;
        if (arrayAt >= 0 && HasRequired())
        {
            return BeginArray(line, arrayAt);
        }

        if (required > 0 || arrayAt >= 0)
        {
            return Fields.Reject(misfit, start);
        }

        _position = start;
        return Take(line, _documentEnd);
    }

    LineOutcome BeginArray(ReadOnlySpan<byte> line, int at)
    {
        _position = JsonSyntax.SkipSpace(line, at + 1);
        _isInArray = true;
        if (JsonSyntax.ByteAt(line, _position) != ']')
        {
            return ReadRecord(line);
        }

        EndArray(line);
        return LineOutcome.Skip;
    }

    LineOutcome ReadRecord(ReadOnlySpan<byte> line)
    {
        var end = JsonSyntax.ByteAt(line, _position) is (byte)'{' ? JsonExtent.EndOfValue(line, _position) : -1;
        return end < 0 ? Fields.Reject(_position < line.Length && line[_position] != '{' ? "a JSON object was expected in the array" : NotClosed, Math.Min(_position, line.Length)) : Take(line, end);
    }

    /// <summary>Reads the record at the position, and looks what comes behind it.</summary>
    LineOutcome Take(ReadOnlySpan<byte> line, int end)
    {
        var start = _position;
        Fields.Record = (start, end - start);
        var outcome = records.Parse(line[start..end]);
        Advance(line, end);
        if (outcome == LineOutcome.Reject)
        {
            return IsSkipped(line, _envelope) ? LineOutcome.Skip : Fields.Reject(records.Fields.RejectReason!, start + records.Fields.RejectPosition);
        }

        _envelope.CopyTo(Fields.Values, 0);
        Fields.TakeOver(records.Fields, start, _envelope.Length);
        return IsSkipped(line, _envelope) ? LineOutcome.Skip : outcome;
    }

    void Advance(ReadOnlySpan<byte> line, int end)
    {
        _position = JsonSyntax.SkipSpace(line, end);
        if (!_isInArray)
        {
            HasMore = _position < line.Length;
        }
        else if (JsonSyntax.ByteAt(line, _position) == ',')
        {
            _position = JsonSyntax.SkipSpace(line, _position + 1);
            HasMore = true;
        }
        else if (JsonSyntax.ByteAt(line, _position) == ']')
        {
            EndArray(line);
        }
        else
        {
            // What stands here is no record: the next call says so.
            HasMore = true;
        }
    }

    /// <summary>Leaves the array and its document, behind which another one may stand.</summary>
    void EndArray(ReadOnlySpan<byte> line)
    {
        var at = _position + 1;
        if (_documentEnd < 0)
        {
            while (at >= 0 && JsonExtent.TryTakeMember(line, ref at, out _, out _))
            {
            }

            at = at < 0 ? line.Length : JsonSyntax.SkipSpace(line, at);
            if (JsonSyntax.ByteAt(line, at) != '}')
            {
                _broken = at >= line.Length ? NotClosed : ExpectedEnd;
                _position = Math.Min(at, line.Length);
                HasMore = true;
                return;
            }

            _documentEnd = at + 1;
        }

        _isInArray = false;
        _position = JsonSyntax.SkipSpace(line, _documentEnd);
        HasMore = _position < line.Length;
    }

    void Keep(ReadOnlySpan<byte> line, ReadOnlySpan<byte> key, int start, int end)
    {
        for (var i = 0; i < _keys.Length; i++)
        {
            if (key.SequenceEqual(_keys[i]))
            {
                _met |= 1L << i;
                var isString = line[start] == '"';
                var text = line[start..end];
                _envelope[i] = !isString ? (text.SequenceEqual("null"u8) ? default : FieldValue.Text(start, end - start))
                    : text.Length == 2 ? default
                    : FieldValue.Text(start + 1, end - start - 2, text.Contains((byte)'\\') ? TextEscape.Json : TextEscape.None);
            }
        }
    }

    bool HasRequired() => (_met & ((1L << required) - 1)) == (1L << required) - 1;
}
