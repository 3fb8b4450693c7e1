namespace Millrace.Parsing.Lines;

/// <summary>The mark that some programs write before the first line of a UTF-8 file. It is no part of the line.</summary>
public static class ByteOrderMark
{
    static ReadOnlySpan<byte> Mark => [0xef, 0xbb, 0xbf];

    /// <summary>How long the mark at the start of a file is: 3, or 0 where there is none.</summary>
    public static int LengthIn(ReadOnlySpan<byte> head) => head.StartsWith(Mark) ? Mark.Length : 0;

    /// <summary>The file's head without the mark.</summary>
    public static ReadOnlyMemory<byte> Skip(ReadOnlyMemory<byte> head) => head[LengthIn(head.Span)..];
}
