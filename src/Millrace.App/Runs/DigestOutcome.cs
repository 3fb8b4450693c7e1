using Millrace.App.Requests;
using Millrace.Errors;
using Millrace.Letters;
using Millrace.Queries.Results;

namespace Millrace.App.Runs;

/// <summary>The errors of a period, in groups.</summary>
public sealed class DigestOutcome : RunOutcome
{
    /// <summary>How many groups are wanted where nobody says.</summary>
    const int UsualGroups = 20;

    readonly ReportRequest _request;

    internal DigestOutcome(ReportRequest request, ErrorDigest digest, IReadOnlyList<string> sources, Coverage coverage)
    {
        (_request, Sources, Coverage) = (request, sources, coverage);
        Digest = request.Sort is { } sort ? digest with { Groups = DigestOrder.Sort(digest.Groups, sort) } : digest;
    }

    /// <summary>The digest, its groups in the order that was asked for.</summary>
    public ErrorDigest Digest { get; }

    /// <summary>Where the errors are, for commands that find more.</summary>
    public IReadOnlyList<string> Sources { get; }

    /// <summary>How many groups are shown.</summary>
    public int Limit => _request.Limit ?? UsualGroups;

    /// <inheritdoc/>
    public override RunRequest Request => _request;

    /// <inheritdoc/>
    public override Coverage Coverage { get; }

    /// <inheritdoc/>
    public override bool IsEmpty => Digest.Groups.Count == 0;

    /// <inheritdoc/>
    public override void Write(ResultForm form, Stream output)
    {
        if (form is not (ResultForm.Json or ResultForm.Ndjson))
        {
            throw Refused(form);
        }

        using var rows = new JsonRows(output, isArray: form == ResultForm.Json);
        foreach (var group in Digest.Groups.Take(Limit))
        {
            ErrorJson.Write(rows.BeginRow(), group, Digest, Sources);
            rows.EndRow();
        }

        rows.Finish();
    }

    /// <inheritdoc/>
    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <inheritdoc/>
    internal override MailContent Compose(IMailComposer composer, MailFrame frame) => composer.Compose(new ErrorFinding(Digest, Sources, Limit), frame);
}
