namespace Millrace.Errors.Store;

/// <summary>What became of old errors in a store, or would.</summary>
/// <param name="Errors">How many errors there were.</param>
/// <param name="Cells">In how many entries: one for each kind, hour and source.</param>
public sealed record ErrorRetention(long Errors, long Cells);
