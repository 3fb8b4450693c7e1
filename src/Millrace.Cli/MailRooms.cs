using Millrace.Aws;
using Millrace.Letters;
using Millrace.Mail;

namespace Millrace.Cli;

/// <summary>Mails as the commands send them.</summary>
static class MailRooms
{
    /// <summary>The section <c>mail</c> of the settings; null where they have none.</summary>
    public static MailSettings? SettingsIn(Settings settings) => settings.Section("mail") is { } section ? MailSettings.Parse(section, settings.Path!, Environment.GetEnvironmentVariable) : null;

    /// <summary>Where mails are sent from, by the way that the settings name.</summary>
    public static MailRoom Open(MailSettings settings) =>
        new(settings, settings.Ses is { } ses ? new SesSender(ses, TimeProvider.System) : new SmtpSender(settings.Server!), new MailComposer(), TimeProvider.System);
}
