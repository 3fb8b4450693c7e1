namespace Millrace.Errors.Store;

/// <summary>What one source says of errors.</summary>
/// <param name="Source">The source.</param>
/// <param name="Kinds">The kinds of its errors.</param>
/// <param name="Cells">Its errors by kind and hour.</param>
/// <param name="Days">The days that it has events of, in order.</param>
public sealed record ErrorExtract(ErrorSource Source, IReadOnlyList<ErrorKind> Kinds, IReadOnlyList<ErrorCell> Cells, IReadOnlyList<ErrorDay> Days)
{
    /// <summary>When its first error of a kind happened, in microseconds since 1970; null where it has none.</summary>
    /// <param name="kind">The kind's id.</param>
    public long? FirstOf(string kind) => Cells.Where(cell => cell.Kind == kind).Min(cell => (long?)cell.First);

    /// <summary>How many errors it has.</summary>
    public long Errors => Cells.Sum(cell => cell.Count);
}
