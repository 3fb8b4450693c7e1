using System.Runtime.CompilerServices;

namespace Millrace.Parsing.Lines;

/// <summary>
/// Finds where events begin among whole lines. For most formats every line is an event; where a format joins lines, its parser says which
/// lines begin one.
/// </summary>
public static class EventBoundary
{
    /// <summary>The offset of the first line that begins an event, looking at whole lines only.</summary>
    /// <param name="bytes">Bytes that begin at the start of a line.</param>
    /// <param name="parser">Says which lines begin an event.</param>
    /// <param name="offset">Where the event begins; where there is none, the start of the line that is not whole, or the end.</param>
    public static bool TryFindFirst(ReadOnlySpan<byte> bytes, LineParser parser, out int offset)
    {
        offset = 0;
        while (true)
        {
            var length = bytes[offset..].IndexOf((byte)'\n');
            if (length < 0)
            {
                return false;
            }

            if (StartsEvent(bytes.Slice(offset, length), parser))
            {
                return true;
            }

            offset += length + 1;
        }
    }

    /// <summary>The offset of the last whole line that begins an event; -1 where there is none.</summary>
    public static int FindLast(ReadOnlySpan<byte> bytes, LineParser parser)
    {
        var end = bytes.LastIndexOf((byte)'\n');
        while (end >= 0)
        {
            var start = bytes[..end].LastIndexOf((byte)'\n') + 1;
            if (StartsEvent(bytes[start..end], parser))
            {
                return start;
            }

            end = start - 1;
        }

        return -1;
    }

    /// <summary>Takes the next line off the bytes, without its line break.</summary>
    public static ReadOnlySpan<byte> TakeLine(ref ReadOnlySpan<byte> rest)
    {
        var length = rest.IndexOf((byte)'\n');
        var line = length < 0 ? rest : rest[..length];
        rest = length < 0 ? default : rest[(length + 1)..];
        return WithoutReturn(line);
    }

    /// <summary>Takes the next event off the bytes: a line and those that continue it.</summary>
    /// <param name="rest">Whole lines; shortened by what was taken.</param>
    /// <param name="parser">Says which lines begin an event.</param>
    /// <param name="lineCount">How many lines were taken.</param>
    public static ReadOnlySpan<byte> TakeEvent(ref ReadOnlySpan<byte> rest, LineParser parser, out int lineCount)
    {
        var isStart = false;
        return TakeEvent(ref rest, parser, out lineCount, ref isStart);
    }

    /// <summary>Takes the next event off the bytes, without asking twice whether a line begins one.</summary>
    /// <param name="rest">Whole lines; shortened by what was taken.</param>
    /// <param name="parser">Says which lines begin an event.</param>
    /// <param name="lineCount">How many lines were taken.</param>
    /// <param name="isStart">True where the first line is known to begin an event; afterwards, whether the one that is now the first is known to.</param>
    internal static ReadOnlySpan<byte> TakeEvent(ref ReadOnlySpan<byte> rest, LineParser parser, out int lineCount, scoped ref bool isStart)
    {
        var all = rest;
        var first = TakeLine(ref rest);
        lineCount = 1;
        var begins = isStart || (!first.IsEmpty && parser.StartsEvent(first));
        isStart = false;
        if (!begins)
        {
            return first;
        }

        while (!rest.IsEmpty)
        {
            var before = rest;
            if (StartsEvent(TakeLine(ref rest), parser))
            {
                rest = before;
                isStart = true;
                break;
            }

            lineCount++;
        }

        return all[..^rest.Length].TrimEnd("\r\n"u8);
    }

    /// <summary>Whether a line, with or without its line break, begins an event.</summary>
    public static bool StartsEvent(ReadOnlySpan<byte> line, LineParser parser)
    {
        line = line.TrimEnd("\r\n"u8);
        return !line.IsEmpty && parser.StartsEvent(line);
    }

    /// <summary>The line without a carriage return at its end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ReadOnlySpan<byte> WithoutReturn(ReadOnlySpan<byte> line) => line.Length > 0 && line[^1] == '\r' ? line[..^1] : line;
}
