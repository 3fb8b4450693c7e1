using System.Runtime.CompilerServices;
using Millrace.Generation.Traffic;

namespace Millrace.Generation.Lines;

/// <summary>One JSON object a line, as a service's structured logging writes it.</summary>
sealed class JsonLayout(JsonLayout.Texts json, CallTexts texts) : CallLayout
{
    readonly StampText _stamps = new("yyyy-MM-ddTHH:mm:ss");

    // Without this, the first seconds run in the JIT's slow first tier, at half the speed.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Append(LineBuffer lines, in Call call, long micros)
    {
        lines.Append("{\"timestamp\":\""u8);
        lines.Append(_stamps.At(micros / 1_000_000));
        lines.Append((byte)'.');
        lines.AppendThreeDigits((int)(micros / 1000 % 1000));
        lines.Append(call.Status >= 500 ? "Z\",\"level\":\"ERROR"u8 : call.Status >= 400 ? "Z\",\"level\":\"WARN"u8 : "Z\",\"level\":\"INFO"u8);
        lines.Append(json.ServiceStarts[call.Endpoint.Service]);
        lines.Append(json.Callers[call.Caller + 1]);
        lines.Append(json.Methods[call.Endpoint.Index]);
        texts.AppendPath(lines, call);
        lines.Append("\",\"status\":"u8);
        lines.AppendNumber(call.Status);
        lines.Append(",\"bytes\":"u8);
        lines.AppendNumber(call.Bytes);
        lines.Append(",\"duration_ms\":"u8);
        lines.AppendNumber(call.DurationMicros / 1000);
        lines.Append((byte)'.');
        lines.AppendThreeDigits((int)(call.DurationMicros % 1000));
        lines.Append(",\"trace_id\":\""u8);
        lines.AppendHex(call.TraceHigh, call.TraceLow);
        AppendClient(lines, call);
        lines.Append(json.Hosts[CallTexts.HostOf(call)]);
        lines.AppendNumber(CallTexts.ThreadOf(call) + 1);
        lines.Append(json.Loggers[call.Endpoint.Service]);
        texts.AppendMessage(lines, call);
        AppendException(lines, call);
        lines.Append("\"}\n"u8);
    }

    void AppendClient(LineBuffer lines, in Call call)
    {
        if (call.Caller == Call.People)
        {
            lines.Append("\",\"client_ip\":\""u8);
            lines.Append(texts.Clients.AddressOf(call.Client));
        }
    }

    // Two of three errors come with their exception, as where some code logs the message only.
    void AppendException(LineBuffer lines, in Call call)
    {
        if (call.Failure != Call.NoFailure && call.Dice % 3 != 0)
        {
            lines.Append(json.Exceptions[call.Failure]);
        }
    }

    /// <summary>The fixed stretches of a line. Safe for use from several threads.</summary>
    public sealed class Texts(ServiceMap map, CallTexts texts)
    {
        public Fragments ServiceStarts { get; } = new(map.Services.Select(service => $"\",\"service\":\"{service}\",\"caller\":"));

        public Fragments Callers { get; } = new(map.Services.Select(service => $"\"{service}\"").Prepend("null"));

        public Fragments Methods { get; } = new(map.Endpoints.Select(endpoint => $",\"method\":\"{endpoint.Method}\",\"path\":\""));

        public Fragments Hosts { get; } = new(texts.Hosts.Select(host =>
            $"\",\"host\":\"{host.Name}\",\"region\":\"{host.Region}\",\"thread\":\"http-nio-8080-exec-"));

        public Fragments Loggers { get; } = new(map.Services.Select(service => $"\",\"logger\":\"{CallTexts.LoggerOf(service)}\",\"message\":\""));

        public Fragments Exceptions { get; } = new(Failures.All.Select(failure =>
            $"\",\"exception\":\"{StackTraces.Of(failure, "\\n", "\\t", escapeQuotes: true)}"));
    }
}
