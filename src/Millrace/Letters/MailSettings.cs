using System.Net;
using System.Net.Mail;
using System.Text.Json;

namespace Millrace.Letters;

/// <summary>The section <c>mail</c> of the settings: who sends, through what, and where what was sent is kept.</summary>
/// <param name="From">Who sends.</param>
/// <param name="Server">The mail server; null where it is SES.</param>
/// <param name="Outbox">The file of the outbox.</param>
/// <param name="Dashboard">Where a dashboard is; null where there is none.</param>
public sealed record MailSettings(MailAddress From, SmtpServer? Server, string Outbox, Uri? Dashboard)
{
    const string Expected =
        """Expected {"from": "reports@example.com", "smtp": {"host": "mail.example.com", "port": 587, "tls": "starttls"}}, or "ses": {"region": "eu-central-1"} instead of "smtp", and by choice "outbox": "FILE" and "dashboard": "URL".""";

    /// <summary>The variable of the environment that names who signs in.</summary>
    public const string UserVariable = "MILLRACE_SMTP_USER";

    /// <summary>The variable of the environment that holds the password.</summary>
    public const string PasswordVariable = "MILLRACE_SMTP_PASSWORD";

    /// <summary>Amazon SES; null where it is a mail server.</summary>
    public SesSettings? Ses { get; init; }

    /// <summary>Reads the section. Throws a <see cref="UserException"/> for what is missing, unknown or cannot be.</summary>
    /// <param name="section">The section.</param>
    /// <param name="path">The file that it stands in; an outbox lies beside it.</param>
    /// <param name="environment">Gives a variable of the environment; null where it is not set.</param>
    public static MailSettings Parse(JsonElement section, string path, Func<string, string?> environment)
    {
        var mail = Members(section, path, "mail", "from", "smtp", "ses", "outbox", "dashboard");
        var (server, ses) = (mail.TryGetValue("smtp", out var smtp), mail.TryGetValue("ses", out var region)) switch
        {
            (true, false) => (ServerOf(smtp, path, environment), (SesSettings?)null),
            (false, true) => (null, SesOf(region, path)),
            (true, true) => throw Wrong(path, "'mail' has both 'smtp' and 'ses'. Leave one of them out: mails leave by one way."),
            _ => throw Wrong(path, $"'mail' has neither 'smtp' nor 'ses'. {Expected}"),
        };
        var from = MailAddresses.ParseOne(TextOf(mail, "from", path) ?? throw Wrong(path, $"'mail' has no 'from'. {Expected}"), $"'from' in {path}");
        var outbox = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, TextOf(mail, "outbox", path) ?? "millrace-outbox.db");
        return new MailSettings(from, server, outbox, UrlOf(mail, "dashboard", "mail", path)) { Ses = ses };
    }

    static SmtpServer ServerOf(JsonElement section, string path, Func<string, string?> environment)
    {
        var smtp = Members(section, path, "mail.smtp", "host", "port", "tls");
        var tls = TextOf(smtp, "tls", path) switch
        {
            null or "starttls" => SmtpTls.StartTls,
            "tls" => SmtpTls.Tls,
            "none" => SmtpTls.None,
            var other => throw Wrong(path, $"'tls' in 'mail.smtp' is '{other}'. Expected starttls, tls or none."),
        };
        var server = new SmtpServer(TextOf(smtp, "host", path) ?? throw Wrong(path, $"'mail.smtp' has no 'host'. {Expected}"), PortOf(smtp, tls, path), tls) { Credential = CredentialOf(environment) };
        return server is { Credential: not null, Tls: SmtpTls.None } && server.Host is not ("localhost" or "127.0.0.1" or "::1")
            ? throw Wrong(path, $"The password would travel to {server} in the clear. Set 'tls' in 'mail.smtp' to starttls or tls, or unset {PasswordVariable}.")
            : server;
    }

    static SesSettings SesOf(JsonElement section, string path)
    {
        var ses = Members(section, path, "mail.ses", "region", "endpoint", "configurationSet");
        var region = TextOf(ses, "region", path);
        return region is null || region.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')
            ? new SesSettings(region, UrlOf(ses, "endpoint", "mail.ses", path), TextOf(ses, "configurationSet", path))
            : throw Wrong(path, $"'region' in 'mail.ses' is '{region}'. Expected the name of a region, such as eu-central-1.");
    }

    static Dictionary<string, JsonElement> Members(JsonElement element, string path, string name, params string[] known)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw Wrong(path, $"'{name}' is not an object. {Expected}");
        }

        var members = new Dictionary<string, JsonElement>();
        foreach (var member in element.EnumerateObject())
        {
            members[member.Name] = known.Contains(member.Name) ? member.Value : throw Wrong(path, $"'{name}' has no setting '{member.Name}'. Expected {string.Join(", ", known[..^1])} or {known[^1]}.");
        }

        return members;
    }

    static string? TextOf(Dictionary<string, JsonElement> members, string name, string path) =>
        !members.TryGetValue(name, out var value) ? null
        : value.ValueKind == JsonValueKind.String && value.GetString()!.Length > 0 ? value.GetString()
        : throw Wrong(path, $"'{name}' in 'mail' is not a text. {Expected}");

    static int PortOf(Dictionary<string, JsonElement> smtp, SmtpTls tls, string path)
    {
        if (!smtp.TryGetValue("port", out var value))
        {
            return tls switch { SmtpTls.Tls => 465, SmtpTls.StartTls => 587, _ => 25 };
        }

        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var port) && port is > 0 and < 65536
            ? port
            : throw Wrong(path, "'port' in 'mail.smtp' is not a port. Expected a number from 1 to 65535.");
    }

    static NetworkCredential? CredentialOf(Func<string, string?> environment) => (environment(UserVariable), environment(PasswordVariable)) switch
    {
        (null or "", null or "") => null,
        ({ Length: > 0 } user, { Length: > 0 } password) => new NetworkCredential(user, password),
        _ => throw new UserException($"Of {UserVariable} and {PasswordVariable} only one is set. Set both to sign in to the mail server, or neither.", UserException.Usage),
    };

    static Uri? UrlOf(Dictionary<string, JsonElement> members, string name, string section, string path) =>
        TextOf(members, name, path) is not { } text ? null
        : Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is ("http" or "https") ? url
        : throw Wrong(path, $"'{name}' in '{section}' is '{text}'. Expected a URL that begins with http:// or https://.");

    static UserException Wrong(string path, string what) => new($"{path}: {what}", UserException.Usage);
}
