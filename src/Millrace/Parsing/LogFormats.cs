using Millrace.Parsing.Formats;

namespace Millrace.Parsing;

/// <summary>The table of formats. The order decides ties: of two formats that read a file equally well, the first one is picked.</summary>
public static class LogFormats
{
    /// <summary>The word that stands for telling the format from each file.</summary>
    public const string Auto = "auto";

    /// <summary>Every format, the most particular first.</summary>
    public static IReadOnlyList<LogFormat> All { get; } =
    [
        CloudFrontFormat.Format,
        W3cFormat.Format,
        HaproxyFormat.Format,
        TraefikFormat.Format,
        EnvoyFormat.Format,
        CaddyFormat.Format,
        FastlyFormat.Format,
        SquidFormat.Format,
        NginxErrorFormat.Format,
        ApacheErrorFormat.Format,
        AlbFormat.Format,
        NlbFormat.Format,
        S3AccessFormat.Format,
        ClbFormat.Format,
        AlbConnectionFormat.Format,
        VpcFlowFormat.Format,
        NamedLayouts.NginxIngress,
        ForwardedCombinedFormat.Format,
        VcombinedFormat.Format,
        NamedLayouts.VhostCombined,
        NamedLayouts.VhostCommon,
        NamedLayouts.BunkerWeb,
        NamedLayouts.NpmPlus,
        NamedLayouts.Zoraxy,
        CombinedFormat.Format,
        CommonFormat.Format,
        CpanelFormat.Format,
        NamedLayouts.NginxProxyManager,
        TomcatFormat.Format,
        VarnishFormat.Format,
        LighttpdFormat.Format,
        ServiceFormat.Format,
        ServiceGeneratedFormat.Format,
        NginxFormat.Format,
        ApacheFormat.Format,
        CloudTrailFormat.Format,
        CloudWatchFormat.Format,
        WafFormat.Format,
        ApiGatewayFormat.Format,
        MetricEventsFormat.Format,
        DockerJsonFormat.Format,
        JournaldJsonFormat.Format,
        GelfFormat.Format,
        EcsFormat.Format,
        ClefFormat.Format,
        OtlpFormat.Format,
        JsonFormat.Format,
        FluentdS3Format.Format,
        CriFormat.Format,
        KlogFormat.Format,
        GlogFormat.Format,
        CefFormat.Format,
        SyslogFormat.Format,
        AlbHealthFormat.Format,
        LogfmtFormat.Format,
        MetricWindowsFormat.Format,
        CsvFormat.Format,
        AppFormat.Format,
        CloudWatchExportFormat.Format,
        TextFormat.Format,
    ];

    /// <summary>Takes <c>name:layout</c> apart.</summary>
    public static (string Name, string? Layout) Parse(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? (text, null) : (text[..colon], text[(colon + 1)..]);
    }

    /// <summary>The format of a name. Throws a <see cref="UserException"/> that lists the names where there is none.</summary>
    public static LogFormat Find(string name) => FormatTable.BuiltIn.Find(name);
}
