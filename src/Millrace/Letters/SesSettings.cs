namespace Millrace.Letters;

/// <summary>Amazon SES as the way by which mails leave. Credentials come from the environment or the AWS credential chain.</summary>
/// <param name="Region">The region; null for that of the environment or the profile.</param>
/// <param name="Endpoint">Something else that speaks SES's second interface; null for AWS.</param>
/// <param name="ConfigurationSet">The configuration set that mails are sent with; null for none.</param>
public sealed record SesSettings(string? Region, Uri? Endpoint, string? ConfigurationSet);
