namespace Millrace.Reports;

/// <summary>How much attention a share of errors deserves: the three colours of the call graph.</summary>
enum ErrorLevel
{
    /// <summary>Under 1 %, or not known.</summary>
    Calm,

    /// <summary>From 1 %.</summary>
    Raised,

    /// <summary>From 5 %.</summary>
    High,
}

static class ErrorLevels
{
    public const double RaisedFrom = 0.01;
    public const double HighFrom = 0.05;

    public static ErrorLevel Of(double? share) => share switch
    {
        >= HighFrom => ErrorLevel.High,
        >= RaisedFrom => ErrorLevel.Raised,
        _ => ErrorLevel.Calm,
    };

    /// <summary>The level as a CSS class.</summary>
    public static string CssClass(this ErrorLevel level) => level switch
    {
        ErrorLevel.High => "high",
        ErrorLevel.Raised => "raised",
        _ => "calm",
    };

    /// <summary>The level as a colour for Grafana, readable on its light and its dark theme.</summary>
    public static string HtmlColor(this ErrorLevel level) => level switch
    {
        ErrorLevel.High => "#d64a36",
        ErrorLevel.Raised => "#e09a1a",
        _ => "#6f9bb5",
    };
}
