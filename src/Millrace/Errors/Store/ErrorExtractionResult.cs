namespace Millrace.Errors.Store;

/// <summary>What an extraction did.</summary>
/// <param name="Sources">Files and objects that were read.</param>
/// <param name="Known">Files and objects that were in already.</param>
/// <param name="Errors">Errors that came in.</param>
public sealed record ErrorExtractionResult(long Sources, long Known, long Errors);
