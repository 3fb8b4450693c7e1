namespace Millrace.Queries.Scanning;

/// <summary>Whole lines of one file in a worker's buffer.</summary>
/// <param name="Index">The block's number in its file, from 0; blocks are handed out in rising order.</param>
/// <param name="Start">Where its first line begins in the buffer.</param>
/// <param name="End">Where its last line ends in the buffer.</param>
/// <param name="Offset">The (decompressed) offset in the file of the buffer's first byte.</param>
/// <param name="IsCut">True where the last line or event is longer than <see cref="FileBlocks.LongestLine"/> and is not whole.</param>
/// <param name="SkippedLines">How many further lines of an event that is cut no block holds.</param>
readonly record struct LineBlock(int Index, int Start, int End, long Offset, bool IsCut = false, long SkippedLines = 0);
