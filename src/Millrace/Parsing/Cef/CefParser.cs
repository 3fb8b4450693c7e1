using System.Buffers.Text;
using Millrace.Events;
using Millrace.Parsing.Json;
using Millrace.Parsing.Syslog;

namespace Millrace.Parsing.Cef;

/// <summary>Reads lines of the Common Event Format, alone or behind a head of syslog.</summary>
sealed class CefParser : LineParser
{
    readonly LineFields _head = new(SyslogField.All.Count);
    readonly SyslogReader _syslog;
    readonly JsonKeyCache _keys;
    readonly ColumnType[] _types = [.. CefField.All.Skip(CefField.HeaderCount).Select(field => field.Type)];
    readonly List<(int Start, int Length)> _unknown = [];

    // The known keys that the line has had, by their bits.
    ulong _known;

    public CefParser(FormatInput input)
        : base(CefField.All.Count)
    {
        // Keys and the fields behind the header have the same numbers.
        var paths = new JsonPaths(isExact: true);
        foreach (var key in CefField.ExtensionKeys)
        {
            paths.Add(key);
        }

        _keys = new(paths);
        _syslog = new(_head, input.TimeZone, input.AsOf);
    }

    public override LineOutcome Parse(ReadOnlySpan<byte> line)
    {
        Fields.Values.AsSpan().Clear();
        Fields.Attributes.Clear();
        _head.Values.AsSpan().Clear();
        _head.Attributes.Clear();
        var at = 0;
        if (!line.StartsWith("CEF:"u8))
        {
            ref readonly var message = ref _head.Values[SyslogField.Message];
            if (_syslog.Read(line) != LineOutcome.Event || !message.HasValue || !line[message.Start..].StartsWith("CEF:"u8))
            {
                return Fields.Reject("the line does not begin with CEF: or a head of syslog and CEF:", 0);
            }

            at = message.Start;
        }

        at += "CEF:"u8.Length;
        if (!TryReadHeader(line, ref at))
        {
            return LineOutcome.Reject;
        }

        if (ReadExtension(line, at) == LineOutcome.Reject)
        {
            return LineOutcome.Reject;
        }

        TakeFromHead(CefField.Time, SyslogField.Time);
        TakeFromHead(CefField.Host, SyslogField.Host);
        return LineOutcome.Event;
    }

    void TakeFromHead(int field, int headField)
    {
        if (!Fields.Values[field].HasValue)
        {
            Fields.Values[field] = _head.Values[headField];
        }
    }

    /// <summary>Reads <c>version|vendor|product|version|class|name|severity|</c>; the last bar may be missing.</summary>
    bool TryReadHeader(ReadOnlySpan<byte> line, ref int at)
    {
        var version = EndOfHeaderField(line, at);
        if (version == line.Length || version == at || line[at..version].ContainsAnyExcept("0123456789."u8))
        {
            return IsRejected("the version of CEF is not a number", at);
        }

        at = version + 1;
        for (var field = CefField.Vendor; field < CefField.HeaderCount; field++)
        {
            var end = EndOfHeaderField(line, at);
            if (end == line.Length && (field != CefField.SeverityField || end == at))
            {
                return IsRejected("the line ends before its header does", at);
            }

            if (end > at)
            {
                Fields.Values[field] = FieldValue.Text(at, end - at, TextEscape.Cef);
            }

            at = Math.Min(end + 1, line.Length);
        }

        return true;
    }

    bool IsRejected(string reason, int position)
    {
        Fields.Reject(reason, position);
        return false;
    }

    /// <summary>The place of the bar that ends a field, in which <c>\|</c> and <c>\\</c> are escaped; else the line's end.</summary>
    static int EndOfHeaderField(ReadOnlySpan<byte> line, int at)
    {
        while (at < line.Length)
        {
            var length = line[at..].IndexOfAny((byte)'|', (byte)'\\');
            if (length < 0 || line[at + length] == '|')
            {
                return length < 0 ? line.Length : at + length;
            }

            at += length + 2;
        }

        return line.Length;
    }

    /// <summary>Reads <c>key=value key=value</c>. Values hold spaces: one ends where a space, a key and an equals sign come next.</summary>
    LineOutcome ReadExtension(ReadOnlySpan<byte> line, int at)
    {
        _unknown.Clear();
        _known = 0;
        while (at < line.Length && line[at] == ' ')
        {
            at++;
        }

        var equals = at < line.Length ? at + line[at..].IndexOfAny((byte)'=', (byte)' ') : at;
        if (at < line.Length && (equals <= at || line[equals] != '='))
        {
            return Fields.Reject("the extension is not keys and values", at);
        }

        while (at < line.Length)
        {
            var path = _keys.Find(JsonPaths.Root, line[at..equals], 0).Step.Path;
            if (IsSeen(line, path, at, equals - at))
            {
                return Fields.Reject("a key comes twice in the extension", at);
            }

            var start = equals + 1;
            var next = CefValue.FindNext(line, start, out var nextEquals);
            if (next < 0)
            {
                return Fields.Reject("the extension has a value without a key", nextEquals);
            }

            if (!TryAdd(line, path, at..equals, start, CefValue.EndOf(line, start, next)))
            {
                return Fields.Reject("a number or a time of the extension is not well-formed", start);
            }

            (at, equals) = (next, nextEquals);
        }

        return LineOutcome.Event;
    }

    bool IsSeen(ReadOnlySpan<byte> line, int path, int start, int length)
    {
        if (path >= 0)
        {
            var known = _known;
            _known |= 1UL << path;
            return _known == known;
        }

        foreach (var (otherStart, otherLength) in _unknown)
        {
            if (otherLength == length && line.Slice(otherStart, length).SequenceEqual(line.Slice(start, length)))
            {
                return true;
            }
        }

        _unknown.Add((start, length));
        return false;
    }

    bool TryAdd(ReadOnlySpan<byte> line, int path, Range key, int start, int end)
    {
        if (path < 0)
        {
            var (keyStart, keyLength) = key.GetOffsetAndLength(line.Length);
            Fields.Attributes.Add(FieldValue.Text(keyStart, keyLength), FieldValue.Text(start, end - start, TextEscape.Cef));
            return true;
        }

        var text = line[start..end];
        if (text.IsEmpty || (text.Length == 1 && text[0] == '-'))
        {
            return true;
        }

        ref var field = ref Fields.Values[CefField.HeaderCount + path];
        field = FieldValue.Text(start, end - start, TextEscape.Cef);
        return _types[path] switch
        {
            ColumnType.Integer => Utf8Parser.TryParse(text, out field.Number, out var length) && length == text.Length,
            ColumnType.Timestamp => TryReadTime(text, out field.Number),
            _ => true,
        };
    }

    /// <summary>Reads milliseconds since 1970, or <c>Nov 22 2026 10:00:00.123 UTC</c>, of which year, fraction and zone may be missing.</summary>
    bool TryReadTime(ReadOnlySpan<byte> text, out long micros)
    {
        if (TimeText.TryReadEpoch(text, unitNanos: 1_000_000, out micros))
        {
            return true;
        }

        var zone = text.LastIndexOf((byte)' ');
        var hasZone = zone > 0 && (text[zone..].SequenceEqual(" UTC"u8) || text[zone..].SequenceEqual(" GMT"u8));
        text = hasZone ? text[..zone] : text;
        return _syslog.TryReadOldTime(text, out micros, out var length) && length == text.Length;
    }
}
