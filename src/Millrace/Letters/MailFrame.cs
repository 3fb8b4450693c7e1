namespace Millrace.Letters;

/// <summary>What every mail tells besides what was found.</summary>
/// <param name="Command">The command line that gives the same again.</param>
/// <param name="Dashboard">Where a dashboard is; null where there is none.</param>
public sealed record MailFrame(string Command, Uri? Dashboard = null);
