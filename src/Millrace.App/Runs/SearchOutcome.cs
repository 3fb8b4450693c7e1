using System.Text;
using Millrace.App.Requests;
using Millrace.Letters;
using Millrace.Queries.Results;
using Millrace.Queries.Scanning;
using Millrace.Search;

namespace Millrace.App.Runs;

/// <summary>What a search found: the first hits, and how many there are.</summary>
public sealed class SearchOutcome : RunOutcome
{
    /// <summary>How many hits are kept; a search that wants all takes them from <see cref="SearchRun"/> as they are found.</summary>
    public const int MostKept = 5000;

    readonly SearchRequest _request;

    internal SearchOutcome(SearchRequest request, IReadOnlyList<FoundHit> firstHits, long hits, Coverage coverage) =>
        (_request, FirstHits, Hits, Coverage) = (request, firstHits, hits, coverage);

    /// <summary>The first hits, in the order of files and lines, or of time where that was asked for.</summary>
    public IReadOnlyList<FoundHit> FirstHits { get; }

    /// <summary>How many there are.</summary>
    public long Hits { get; }

    /// <inheritdoc/>
    public override RunRequest Request => _request;

    /// <inheritdoc/>
    public override Coverage Coverage { get; }

    /// <inheritdoc/>
    public override bool IsEmpty => Hits == 0;

    /// <inheritdoc/>
    public override void Write(ResultForm form, Stream output)
    {
        switch (form)
        {
            case ResultForm.Csv:
                WriteCsv(output);
                break;
            case ResultForm.Json or ResultForm.Ndjson:
                WriteJson(output, isArray: form == ResultForm.Json);
                break;
            default:
                throw Refused(form);
        }
    }

    /// <inheritdoc/>
    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <inheritdoc/>
    internal override MailContent Compose(IMailComposer composer, MailFrame frame) =>
        composer.Compose(new SearchFinding(_request.Terms, _request.Question, Coverage.Since, Coverage.Until, FirstHits, Hits), frame);

    void WriteJson(Stream output, bool isArray)
    {
        using var rows = new JsonRows(output, isArray);
        foreach (var hit in FirstHits)
        {
            HitRows.Write(rows, Shown(hit), hasContext: false);
        }

        rows.Finish();
    }

    void WriteCsv(Stream output)
    {
        var rows = new CsvRows(output);
        rows.WriteHeader(HitRows.Columns);
        foreach (var hit in FirstHits)
        {
            HitRows.Write(rows, Shown(hit));
        }

        rows.Flush();
    }

    static SearchHit Shown(FoundHit hit) => new()
    {
        File = hit.File,
        Line = hit.Line,
        Timestamp = hit.Time is { } time ? ScanRange.Micros(time) : null,
        Text = Encoding.UTF8.GetBytes(hit.Text),
        Before = [],
        After = [],
    };
}
