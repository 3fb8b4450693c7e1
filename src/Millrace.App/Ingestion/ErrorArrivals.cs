using Millrace.Errors.Store;
using Millrace.Lake.Ingestion;

namespace Millrace.App.Ingestion;

/// <summary>Brings the errors of what arrives in a lake into a store: from the events that are there already, so that nothing is read twice.</summary>
/// <param name="intake">Takes what sources say.</param>
/// <param name="countsClientErrors">True where statuses from 400 are errors too.</param>
sealed class ErrorArrivals(ErrorIntake intake, bool countsClientErrors)
{
    /// <summary>
    /// Takes a batch before it is committed. Where it fails, so does the batch, and both are repeated; where the batch fails afterwards, it is staged again and what is in the store already changes nothing.
    /// </summary>
    public async Task TakeAsync(StagedBatch batch, CancellationToken cancellationToken)
    {
        var first = FirstEvents(batch);
        var sources = batch.Sources.ToDictionary(source => source.File, source => Source(source, first.GetValueOrDefault(source.File)), StringComparer.Ordinal);
        foreach (var extract in new ErrorExtractor(batch.Session, countsClientErrors).Read(batch.EventsSql, sources))
        {
            await intake.AddAsync(extract, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>An object is known as when its errors are extracted by themselves. A part of a file may have grown when a batch is repeated, and then replaces what was there.</summary>
    static ErrorSource Source(StagedSource source, string? firstEvent) => source.ContentTag is { } tag
        ? ErrorSource.OfObject(source.Name, tag)
        : ErrorSource.OfPart(source.Name, source.From, firstEvent, source.To);

    static Dictionary<string, string?> FirstEvents(StagedBatch batch)
    {
        using var rows = batch.Session.Execute($"SELECT file, arg_min(\"timestamp\", line) FROM ({batch.EventsSql}) GROUP BY file");
        var first = new Dictionary<string, string?>(StringComparer.Ordinal);
        while (rows.Read())
        {
            first.Add(rows.Columns[0].Text(rows.Row)!, rows.Columns[1].Text(rows.Row));
        }

        return first;
    }
}
