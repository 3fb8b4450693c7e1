namespace Millrace.Letters;

/// <summary>What a mail says, whoever it goes to.</summary>
/// <param name="Subject">One line that tells the state.</param>
/// <param name="Text">The part for clients without HTML.</param>
/// <param name="Html">The part for the others, with nothing to load and nothing to run.</param>
/// <param name="Attachments">The files that go with it.</param>
public sealed record MailContent(string Subject, string Text, string Html, IReadOnlyList<MailAttachment> Attachments)
{
    /// <summary>The pictures that the HTML shows.</summary>
    public IReadOnlyList<MailImage> Images { get; init; } = [];

    /// <summary>How much it has to tell.</summary>
    public MailNews News { get; init; } = MailNews.Some;
}
