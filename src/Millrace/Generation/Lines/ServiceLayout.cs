using System.Runtime.CompilerServices;
using Millrace.Generation.Traffic;
using Millrace.Generation.Web;

namespace Millrace.Generation.Lines;

/// <summary>
/// An access log in which the request's first path segment is the service called, and the user and the agent <c>Machine (…)</c> name the service
/// that calls.
/// </summary>
sealed class ServiceLayout(ServiceLayout.Texts service, CallTexts texts) : CallLayout
{
    readonly StampText _stamps = new("' ['dd/MMM/yyyy:HH:mm:ss' +0000] \"'");

    // Without this, the first seconds run in the JIT's slow first tier, at half the speed.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Append(LineBuffer lines, in Call call, long micros)
    {
        if (call.Caller == Call.People)
        {
            lines.Append(texts.Clients.AddressOf(call.Client));
            lines.Append(" - "u8);
            lines.Append(texts.Clients.UserOf(call.Client));
        }
        else
        {
            lines.Append(service.Machines[(call.Caller * CallTexts.HostsPerService) + (int)((call.Dice >> 4) % CallTexts.HostsPerService)]);
        }

        lines.Append(_stamps.At(micros / 1_000_000));
        lines.Append(service.Requests[call.Endpoint.Index]);
        texts.AppendPath(lines, call);
        lines.Append(" HTTP/1.1\" "u8);
        lines.AppendNumber(call.Status);
        lines.Append(call.Caller == Call.People ? service.People[texts.Clients.AgentOf(call.Client)] : service.Agents[call.Caller]);
    }

    /// <summary>The fixed stretches of a line. Safe for use from several threads.</summary>
    public sealed class Texts(ServiceMap map)
    {
        public Fragments Machines { get; } = new(map.Services.SelectMany((service, index) =>
            Enumerable.Range(1, CallTexts.HostsPerService).Select(host => $"10.{20 + (index / 250)}.{index % 250}.{10 + host} - {service}")));

        public Fragments Requests { get; } = new(map.Endpoints.Select(endpoint => $"{endpoint.Method} /{map.Services[endpoint.Service]}"));

        public Fragments Agents { get; } = new(map.Services.Select(service => $" \"Machine (Apache-Http-Client; {service})\"\n"));

        public Fragments People { get; } = new(Enumerable.Range(0, UserAgents.Count).Select(agent => $" \"{UserAgents.Text(agent)}\"\n"));
    }
}
