using Millrace.Parsing.Layouts;

namespace Millrace.Parsing.Formats;

/// <summary>Access logs between services: the target is the URL's first segment, a <c>Machine (…)</c> agent marks a call by a service.</summary>
static class ServiceFormat
{
    static readonly Lazy<LineLayout> Layout = new(() => NginxFormat.Compile("$remote_addr - $remote_user [$time_local] \"$request\" $status \"$http_user_agent\""));

    /// <summary>The entry in the table of formats.</summary>
    public static LogFormat Format { get; } = new(
        "service",
        "access logs between services: target first in the URL, Machine (…) agents",
        "66.249.65.3 - order-service [06/Nov/2014:19:11:24 +0600] \"GET /user-service/api/users/234 HTTP/1.1\" 200 \"Machine (Apache-Http-Client)\"",
        input => Layout.Value.Bind("service", input, ServiceRule.Parse("path:1"), ServiceRule.MachineAgent));
}
