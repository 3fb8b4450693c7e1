using Millrace.Parsing;

namespace Millrace.Queries.Scanning;

/// <summary>Whoever takes blocks from a scan: one thread, with a buffer of its own and a parser for each file it meets.</summary>
interface IBlockWorker
{
    /// <summary>Where the block's bytes go.</summary>
    BlockBuffer Buffer { get; }

    /// <summary>The thread's parser of a file.</summary>
    LineParser ParserOf(LogScan.OpenFile file);
}
