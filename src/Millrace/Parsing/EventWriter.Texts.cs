using System.Runtime.CompilerServices;
using Millrace.Events;

namespace Millrace.Parsing;

/// <summary>Making the text of a column from the fields of a line. An empty text is NULL.</summary>
public sealed partial class EventWriter
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    ReadOnlySpan<byte> Text(ReadOnlySpan<byte> line, LineFields fields, in ColumnSource source)
    {
        if (source.Kind == ColumnSourceKind.PathSegment)
        {
            return Segment(_decoder.Decode(Slice(line, fields, _path, out var pathEscape), pathEscape), source.Number);
        }

        var text = Slice(line, fields, source, out var escape);
        return text.IsEmpty ? default : _decoder.Decode(text, escape);
    }

    /// <summary>The part of the line that a source means, still with its escapes.</summary>
    static ReadOnlySpan<byte> Slice(ReadOnlySpan<byte> line, LineFields fields, in ColumnSource source, out TextEscape escape)
    {
        escape = TextEscape.None;
        if (source.Kind is ColumnSourceKind.None or ColumnSourceKind.Constant)
        {
            return default;
        }

        ref readonly var value = ref fields.Values[source.Field];
        if (source.Kind == ColumnSourceKind.FirstOf && !value.HasValue)
        {
            value = ref fields.Values[source.Other];
        }

        escape = value.Escape;
        var text = value.HasValue ? line.Slice(value.Start, value.Length) : default;
        return source.Kind switch
        {
            ColumnSourceKind.Field => text,
            ColumnSourceKind.RequestMethod => RequestLine.Split(text).Method,
            ColumnSourceKind.RequestPath => RequestLine.Path(RequestLine.Split(text).Target),
            ColumnSourceKind.RequestQuery => RequestLine.Query(RequestLine.Split(text).Target),
            ColumnSourceKind.RequestProtocol => RequestLine.Split(text).Protocol,
            ColumnSourceKind.RequestHost => RequestLine.Host(RequestLine.Split(text).Target),
            ColumnSourceKind.UrlPath => RequestLine.Path(text),
            ColumnSourceKind.UrlQuery => RequestLine.Query(text),
            ColumnSourceKind.UrlHost => RequestLine.Host(text),
            ColumnSourceKind.AddressWithoutPort => WithoutPort(text),
            ColumnSourceKind.Severity => Severity.Normalise(text),
            ColumnSourceKind.WhenMasked => Other(line, fields, source).SequenceEqual("<masked>"u8) ? text : default,
            ColumnSourceKind.WhenMachine => MachineService(Other(line, fields, source), text),
            ColumnSourceKind.SlashedName => SlashedName(text) is { IsEmpty: false } name ? name : source.Other < 0 ? text : SlashedName(Other(line, fields, source)),
            ColumnSourceKind.LastSlashed => text[(text.LastIndexOf((byte)'/') + 1)..],
            ColumnSourceKind.ArnRegion => ArnPart(text, 3),
            ColumnSourceKind.AgentProduct => Product(text),
            ColumnSourceKind.FirstOf => text,
            ColumnSourceKind.SeverityOrInfo => text.IsEmpty ? "INFO"u8 : Severity.Normalise(text),
            ColumnSourceKind.SyslogSeverity => Severity.NormaliseSyslog(text),
            ColumnSourceKind.OtlpSeverity => value.HasValue ? Severity.OfOtlp(value.Number) : Severity.Normalise(Other(line, fields, source)),
            ColumnSourceKind.CefSeverity => Severity.OfCef(text),
            ColumnSourceKind.SyslogPriority => Severity.OfPriority(text),
            _ => throw new InvalidOperationException($"No text is made for {source.Kind}."),
        };
    }

    static ReadOnlySpan<byte> Other(ReadOnlySpan<byte> line, LineFields fields, in ColumnSource source)
    {
        ref readonly var other = ref fields.Values[source.Other];
        return other.HasValue ? line.Slice(other.Start, other.Length) : default;
    }

    ReadOnlySpan<byte> Endpoint(ReadOnlySpan<byte> line, LineFields fields, in ColumnSource source)
    {
        var named = Text(line, fields, source);
        if (!named.IsEmpty)
        {
            return named;
        }

        var path = Text(line, fields, _path);
        if (_endpoint.Length < EndpointTemplate.MaxLength(path.Length))
        {
            _endpoint = new byte[EndpointTemplate.MaxLength(path.Length)];
        }

        return _endpointRules.TryTemplate(path, _endpoint, out var length) ? _endpoint.AsSpan(0, length) : path;
    }

    /// <summary><c>Machine (library; service)</c> names its service; <c>Machine (library)</c> leaves it to the user.</summary>
    static ReadOnlySpan<byte> MachineService(ReadOnlySpan<byte> agent, ReadOnlySpan<byte> user)
    {
        if (!agent.StartsWith("Machine ("u8))
        {
            return default;
        }

        var inside = agent["Machine ("u8.Length..];
        var close = inside.IndexOf((byte)')');
        var semicolon = inside.IndexOf((byte)';');
        var service = semicolon > 0 && close > semicolon ? inside[(semicolon + 1)..close].Trim((byte)' ') : default;
        return service.IsEmpty ? user : service;
    }

    static ReadOnlySpan<byte> SlashedName(ReadOnlySpan<byte> text)
    {
        var rest = text[(text.IndexOf((byte)'/') + 1)..];
        var end = rest.IndexOf((byte)'/');
        return rest.Length == text.Length ? default : end < 0 ? rest : rest[..end];
    }

    /// <summary>A part of an ARN, counted from 0 at the word <c>arn</c>.</summary>
    static ReadOnlySpan<byte> ArnPart(ReadOnlySpan<byte> text, int number)
    {
        if (!text.StartsWith("arn:"u8))
        {
            return default;
        }

        for (; number > 0; number--)
        {
            text = text[(text.IndexOf((byte)':') + 1)..];
        }

        var end = text.IndexOf((byte)':');
        return end < 0 ? default : text[..end];
    }

    static ReadOnlySpan<byte> Product(ReadOnlySpan<byte> agent)
    {
        var end = agent.IndexOfAny((byte)'/', (byte)' ');
        return end < 0 ? agent : agent[..end];
    }

    /// <summary>The address in <c>address:port</c>; of several that a request was forwarded for, the first, which is the client's.</summary>
    static ReadOnlySpan<byte> WithoutPort(ReadOnlySpan<byte> address)
    {
        var comma = address.IndexOf((byte)',');
        address = comma < 0 ? address : address[..comma];
        if (address.Length > 0 && address[0] == '[' && address.IndexOf((byte)']') is var close and > 0)
        {
            return address[1..close];
        }

        var colon = address.IndexOf((byte)':');
        return colon >= 0 && address[(colon + 1)..].IndexOf((byte)':') < 0 ? address[..colon] : address;
    }

    static ReadOnlySpan<byte> Segment(ReadOnlySpan<byte> path, int number)
    {
        for (; number > 0 && !path.IsEmpty; number--)
        {
            // A target of garbage does not begin with a slash, and its first byte may be a part of a character.
            path = path[0] == '/' ? path[1..] : path;
            var slash = path.IndexOf((byte)'/');
            if (number == 1)
            {
                return slash < 0 ? path : path[..slash];
            }

            path = slash < 0 ? default : path[slash..];
        }

        return default;
    }
}
