using System.Text;

namespace Millrace.Generation.Tasks;

/// <summary>What identifies an endpoint in a task.</summary>
readonly record struct AccessCall(string Service, string Method, string RelativeUrl)
{
    public static AccessCall Read(TaskNode node) => new(node.Text("serviceName"), node.Text("httpMethod"), node.Text("relativeUrl"));

    public override string ToString() => $"{Service} {Method} {RelativeUrl}";
}

/// <summary>An endpoint and the endpoints that it calls.</summary>
sealed class AccessEndpoint(AccessCall call, int service)
{
    /// <summary>The endpoint as messages name it.</summary>
    public AccessCall Call { get; } = call;

    /// <summary>The number of its service.</summary>
    public int Service { get; } = service;

    public List<AccessEndpoint> Dependencies { get; } = [];

    /// <summary>How a line names the request: the endpoint's template, with no protocol.</summary>
    public byte[] Request { get; } = Encoding.UTF8.GetBytes($"\"{call.Method} {call.RelativeUrl}\" 200 [");

    /// <summary>The beginning of the lines of calls that this endpoint's service makes.</summary>
    public byte[] CallerStart { get; } = Encoding.UTF8.GetBytes($"<masked>  - {call.Service} ");
}
