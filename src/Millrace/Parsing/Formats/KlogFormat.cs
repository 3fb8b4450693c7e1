using Millrace.Parsing.Glog;

namespace Millrace.Parsing.Formats;

/// <summary>Kubernetes' klog: <c>I1122 10:00:00.123456    1234 file.go:12] text</c>. There is no year, so it is counted back from now.</summary>
static class KlogFormat
{
    /// <summary>The entry in the table of formats.</summary>
    public static LogFormat Format { get; } = new(
        "klog",
        "Kubernetes' components and others that log through klog",
        "W1122 10:00:00.123456    1234 orders.go:17] order 17 came twice",
        input => GlogLines.Bind("klog", mayHaveYear: false, input));
}
