namespace Millrace.Cli;

/// <summary>Standard output was closed by its reader.</summary>
sealed class ClosedPipeException() : Exception("Standard output was closed.");
