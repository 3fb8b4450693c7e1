using Millrace.Events;

namespace Millrace.Mail;

/// <summary>A range in a few words.</summary>
static class MailRange
{
    /// <summary>From when to when; empty where there is no bound.</summary>
    public static string Of(DateTimeOffset? since, DateTimeOffset? until) => (since, until) switch
    {
        ({ } first, { } last) => $"{InstantText.Format(first)} to {InstantText.Format(last)}",
        ({ } first, null) => $"since {InstantText.Format(first)}",
        (null, { } last) => $"until {InstantText.Format(last)}",
        _ => "",
    };
}
