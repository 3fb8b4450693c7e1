using System.Net.Mail;
using Millrace.App.Reading;
using Millrace.App.Requests;
using Millrace.App.Runs;
using Millrace.Aws;
using Millrace.Letters;

namespace Millrace.App.Mailing;

/// <summary>Mails what runs found, by the way that the settings name.</summary>
public sealed class MailOffice
{
    readonly Workplace _workplace;

    internal MailOffice(Workplace workplace, MailSettings settings) => (_workplace, Settings) = (workplace, settings);

    /// <summary>Who sends, and how.</summary>
    public MailSettings Settings { get; }

    /// <summary>Where mails are written, recorded and sent. Throws a <see cref="UserException"/> where this process cannot do so.</summary>
    public MailRoom Room => new(Settings, Sender(), Composer, _workplace.Clock);

    internal IMailComposer Composer => _workplace.Tools.Composer ?? throw new UserException("This program cannot write mails.");

    /// <summary>What was sent. The caller disposes of it.</summary>
    public Outbox OpenOutbox() => new(Settings.Outbox, _workplace.Clock);

    /// <summary>Mails what a run found. Throws a <see cref="UserException"/> that names those who did not get it; the others did.</summary>
    /// <param name="outcome">What was found.</param>
    /// <param name="to">Whom it goes to.</param>
    /// <param name="listener">Is told who got it.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task SendAsync(RunOutcome outcome, IReadOnlyList<MailAddress> to, RunListener listener, CancellationToken cancellationToken)
    {
        var content = Compose(outcome);
        var receipt = await Room.DeliverAsync(content, to, outcome.Request.Title, identity: null, cancellationToken).ConfigureAwait(false);
        if (receipt.Failure is { } failure)
        {
            throw new UserException(failure);
        }

        listener.Say($"Mailed '{content.Subject}' to {string.Join(", ", receipt.Sent)}.");
    }

    /// <summary>The mail of what a run found.</summary>
    internal MailContent Compose(RunOutcome outcome) => outcome.Compose(Composer, Frame(outcome.Request, outcome.Coverage.Since, outcome.Coverage.Until));

    /// <summary>What every mail of a run says besides.</summary>
    internal MailFrame Frame(RunRequest request, DateTimeOffset? since, DateTimeOffset? until) => new(CommandWords.Of(request, since, until, _workplace.Settings), Settings.Dashboard);

    IMailSender Sender() => Settings.Ses is { } ses ? new SesSender(ses, _workplace.Clock)
        : _workplace.Tools.OpenSmtp is { } open ? open(Settings.Server!)
        : throw new UserException("This program cannot reach a mail server. Use Amazon SES: \"ses\" instead of \"smtp\" in the section 'mail' of the settings.");
}
