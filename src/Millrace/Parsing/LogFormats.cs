using Millrace.Parsing.Formats;

namespace Millrace.Parsing;

/// <summary>The table of formats. The order decides ties: of two formats that read a file equally well, the first one is picked.</summary>
public static class LogFormats
{
    /// <summary>Every format, the most particular first.</summary>
    public static IReadOnlyList<LogFormat> All { get; } =
    [
        VcombinedFormat.Format,
        CombinedFormat.Format,
        CommonFormat.Format,
        ServiceFormat.Format,
        ServiceGeneratedFormat.Format,
        NginxFormat.Format,
        ApacheFormat.Format,
        AppFormat.Format,
    ];
}
