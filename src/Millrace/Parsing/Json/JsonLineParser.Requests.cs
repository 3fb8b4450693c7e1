using System.Net;
using Millrace.Events;

namespace Millrace.Parsing.Json;

/// <summary>For lines of the usual names: columns that are made from one another.</summary>
sealed partial class JsonLineParser
{
    // Method, path and the like from the request line, the client's address from the host.
    static readonly EventColumn[] RequestColumns =
    [
        EventColumn.Method, EventColumn.Path, EventColumn.Query, EventColumn.Protocol, EventColumn.Endpoint, EventColumn.Host, EventColumn.ClientIp,
    ];

    bool _wantsRequest = true;
    FieldValue _request;

    /// <summary>Fills method, path, query, protocol and host from a request line or a URL, as far as the line does not give them alone.</summary>
    void TakeRequestApart(ReadOnlySpan<byte> line)
    {
        if (_request.HasValue)
        {
            var (method, target, protocol) = JsonTarget.SplitRequest(line, _request);
            FillIn(EventColumn.Method, method);
            FillIn(EventColumn.Path, target);
            FillIn(EventColumn.Protocol, protocol);
        }

        FillIn(EventColumn.Path, Column(EventColumn.Endpoint));
        ref var path = ref Column(EventColumn.Path);
        if (path.HasValue && !JsonTarget.IsPath(line.Slice(path.Start, path.Length)))
        {
            (path, var query, var host) = JsonTarget.SplitUrl(line, path);
            FillIn(EventColumn.Query, query);
            FillIn(EventColumn.Host, host);
        }
    }

    /// <summary>A number alone is no address, although it could be read as one. The Kinesis Agent writes the client's address as <c>host</c>, as the common format calls it.</summary>
    void TellHostFromClient(ReadOnlySpan<byte> line)
    {
        ref var host = ref Column(EventColumn.Host);
        ref var client = ref Column(EventColumn.ClientIp);
        if (host.HasValue && !client.HasValue && line.Slice(host.Start, host.Length).ContainsAny((byte)'.', (byte)':') && IPAddress.IsValidUtf8(line.Slice(host.Start, host.Length)))
        {
            client = host;
            host = default;
        }
    }

    ref FieldValue Column(EventColumn column) => ref Fields.Values[(int)column];

    void FillIn(EventColumn column, FieldValue value)
    {
        ref var field = ref Column(column);
        if (!field.HasValue)
        {
            field = value;
        }
    }
}
