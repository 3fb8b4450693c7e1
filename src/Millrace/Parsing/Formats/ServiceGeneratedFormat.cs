using Millrace.Parsing.Layouts;

namespace Millrace.Parsing.Formats;

/// <summary>Access logs between services as a test-data generator writes them: the target is in the file's name, the caller behind a <c>&lt;masked&gt;</c> address.</summary>
static class ServiceGeneratedFormat
{
    static readonly Lazy<LineLayout> Layout = new(() => NginxFormat.Compile("$remote_addr  - $remote_user \"$request\" $status [$time_iso8601] \"$http_user_agent\""));

    static readonly ServiceRule Target = ServiceRule.Parse("file:{service}-{date}.txt");

    /// <summary>The entry in the table of formats.</summary>
    public static LogFormat Format { get; } = new(
        "service-generated",
        "access logs between services: target in the file's name, <masked> callers",
        "<masked>  - order-service \"POST /api/v1/audit\" 200 [2022-09-15T13:43:01.227Z] \"Apache HTTP Client\"",
        input => Layout.Value.Bind("service-generated", input, Target, ServiceRule.MaskedUser));
}
