using Millrace.Letters;
using Millrace.Queries;

namespace Millrace.App;

/// <summary>What a workplace is given by whoever opens it: a command line, a server, a function, a test.</summary>
public sealed record WorkplaceTools
{
    /// <summary>Says what is now.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Opens what the source <c>-</c> stands for.</summary>
    public Func<Stream> StandardInput { get; init; } = static () => Stream.Null;

    /// <summary>Gives a variable of the environment, for the user and password of a mail server.</summary>
    public Func<string, string?> Environment { get; init; } = System.Environment.GetEnvironmentVariable;

    /// <summary>Writes mails; null where none can be sent.</summary>
    public IMailComposer? Composer { get; init; }

    /// <summary>Reaches a mail server; null where only Amazon SES can be used.</summary>
    public Func<SmtpServer, IMailSender>? OpenSmtp { get; init; }

    /// <summary>How many queries run at once, and in how much memory; null for no bound.</summary>
    public QueryGate? Gate { get; init; }

    /// <summary>A database that is being opened already, for the first query; null for none.</summary>
    public QueryDatabase? Database { get; init; }
}
