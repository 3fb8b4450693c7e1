namespace Millrace.Letters;

/// <summary>How a connection to a mail server is kept from being read.</summary>
public enum SmtpTls
{
    /// <summary>It begins in the clear and must turn to TLS before anything else is said; usual on port 587.</summary>
    StartTls,

    /// <summary>It is TLS from the first byte; usual on port 465.</summary>
    Tls,

    /// <summary>It is in the clear; for servers on the same machine.</summary>
    None,
}
