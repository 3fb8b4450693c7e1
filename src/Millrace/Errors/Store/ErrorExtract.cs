namespace Millrace.Errors.Store;

/// <summary>What one source says of errors.</summary>
/// <param name="Source">The source.</param>
/// <param name="Kinds">The kinds of its errors.</param>
/// <param name="Cells">Its errors by kind and hour.</param>
/// <param name="Days">The days that it has events of, in order.</param>
public sealed record ErrorExtract(ErrorSource Source, IReadOnlyList<ErrorKind> Kinds, IReadOnlyList<ErrorCell> Cells, IReadOnlyList<ErrorDay> Days)
{
    /// <summary>How many errors it has.</summary>
    public long Errors => Cells.Sum(cell => cell.Count);
}
