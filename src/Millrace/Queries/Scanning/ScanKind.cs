namespace Millrace.Queries.Scanning;

/// <summary>What a scan gives.</summary>
enum ScanKind
{
    /// <summary>A row an event.</summary>
    Events,

    /// <summary>A row a line that did not parse: file, line, byte offset, reason, position, raw.</summary>
    Rejects,
}
