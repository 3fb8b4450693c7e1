using Millrace.App.Requests;
using Millrace.Letters;

namespace Millrace.App.Runs;

/// <summary>What a run has found. It holds what it needs to be written, as often as somebody asks, until it is disposed of.</summary>
public abstract class RunOutcome : IAsyncDisposable
{
    /// <summary>What was run.</summary>
    public abstract RunRequest Request { get; }

    /// <summary>What it looked at.</summary>
    public abstract Coverage Coverage { get; }

    /// <summary>True where there is no row, no group, no hit.</summary>
    public abstract bool IsEmpty { get; }

    /// <summary>Writes it.</summary>
    /// <param name="form">The form. Throws a <see cref="UserException"/> for one that this cannot be written in.</param>
    /// <param name="output">Where it goes.</param>
    public abstract void Write(ResultForm form, Stream output);

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();

    /// <summary>What a mail says of it.</summary>
    internal abstract MailContent Compose(IMailComposer composer, MailFrame frame);

    /// <summary>What to say of a form that this cannot be written in.</summary>
    protected UserException Refused(ResultForm form) =>
        new($"'{Request.Title}' cannot be written as {form.Name()}.", UserException.Usage);
}
