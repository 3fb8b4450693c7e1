using Millrace.Parsing;
using Millrace.Parsing.Lines;
using Millrace.Sources;

namespace Millrace.Queries.Scanning;

abstract partial class FileBlocks
{
    /// <summary>
    /// Blocks at fixed offsets. An event belongs to the block that its first byte is in: a block skips what began before it and reads on
    /// until its last event ends.
    /// </summary>
    sealed class Plain(LogReader reader, long length, bool joinsLines, int blockSize) : FileBlocks(reader)
    {
        readonly int _count = (int)((length + blockSize - 1) / blockSize);
        int _next;

        public override bool IsExhausted => Volatile.Read(ref _next) >= _count;

        public override bool TryTake(BlockBuffer buffer, LineParser parser, bool mayWait, out LineBlock block, out long storedBytes)
        {
            var index = Interlocked.Increment(ref _next) - 1;
            block = default;
            storedBytes = 0;
            if (index >= _count)
            {
                return false;
            }

            // The byte before the block tells whether a line begins right at its start.
            var lead = index == 0 ? 0 : 1;
            var offset = ((long)index * blockSize) - lead;
            var size = (int)Math.Min(blockSize + lead, length - offset);
            var filled = _reader.ReadAt(offset, buffer.Reserve(0, size));
            storedBytes = filled - lead;
            block = Cut(buffer, parser, index, offset, filled);
            return true;
        }

        LineBlock Cut(BlockBuffer buffer, LineParser parser, int index, long offset, int filled)
        {
            var bytes = buffer.Bytes[..filled];
            var start = index == 0 ? ByteOrderMark.LengthIn(bytes) : bytes.IndexOf((byte)'\n') + 1;
            if (index > 0 && (start == 0 || start == filled))
            {
                return new(index, 0, 0, offset, IsCut: false);
            }

            if (index > 0 && joinsLines)
            {
                var found = EventBoundary.TryFindFirst(bytes[start..], parser, out var skipped);
                start += skipped;
                if (!found && (start == filled || !LastLineStartsEvent(buffer, parser, offset, start, ref filled)))
                {
                    return new(index, 0, 0, offset, IsCut: false);
                }
            }

            var end = Extend(buffer, parser, offset, Math.Max(start, 0), filled, out var isCut);
            return new(index, start, end, offset, isCut);
        }

        /// <summary>Whether the line that the block's end cuts through begins an event. Reads it whole.</summary>
        bool LastLineStartsEvent(BlockBuffer buffer, LineParser parser, long offset, int start, ref int filled)
        {
            var end = ExtendLine(buffer, offset, start, ref filled, out _);
            return EventBoundary.StartsEvent(buffer.Bytes[start..end], parser);
        }

        /// <summary>Reads on until the last event of the block ends. Returns its end in the buffer.</summary>
        int Extend(BlockBuffer buffer, LineParser parser, long offset, int start, int filled, out bool isCut)
        {
            isCut = false;
            var end = filled;
            if (buffer.Bytes[end - 1] != '\n')
            {
                var lineStart = Math.Max(start, buffer.Bytes[..end].LastIndexOf((byte)'\n') + 1);
                end = ExtendLine(buffer, offset, lineStart, ref filled, out isCut);
            }

            while (joinsLines && !isCut)
            {
                var next = ExtendLine(buffer, offset, end, ref filled, out _);
                if (next == end || next - start > LongestLine || EventBoundary.StartsEvent(buffer.Bytes[end..next], parser))
                {
                    break;
                }

                end = next;
            }

            return end;
        }

        /// <summary>Reads on until the line that begins at <paramref name="lineStart"/> is whole. Returns its end, line break included.</summary>
        int ExtendLine(BlockBuffer buffer, long offset, int lineStart, ref int filled, out bool isCut)
        {
            isCut = false;
            var searched = lineStart;
            while (true)
            {
                var newline = buffer.Bytes[searched..filled].IndexOf((byte)'\n');
                if (newline >= 0)
                {
                    return searched + newline + 1;
                }

                searched = filled;
                if (filled - lineStart > LongestLine)
                {
                    isCut = true;
                    return filled;
                }

                var read = _reader.ReadAt(offset + filled, buffer.Reserve(filled, Extension));
                if (read == 0)
                {
                    return filled;
                }

                filled += read;
            }
        }
    }
}
