using System.Net;

namespace Millrace.Letters;

/// <summary>The mail server that takes the mails.</summary>
/// <param name="Host">Its name or address.</param>
/// <param name="Port">Its port.</param>
/// <param name="Tls">How the connection is kept from being read.</param>
public sealed record SmtpServer(string Host, int Port, SmtpTls Tls)
{
    /// <summary>Who signs in; null where nobody does.</summary>
    public NetworkCredential? Credential { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Host}:{Port}";
}
