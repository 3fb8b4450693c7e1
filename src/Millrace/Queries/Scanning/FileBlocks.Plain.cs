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
    sealed class Plain(LogReader reader, long length, int blockSize) : FileBlocks(reader, blockSize)
    {
        readonly int _count = (int)((length + blockSize - 1) / blockSize);
        int _next;

        public override bool IsExhausted => Volatile.Read(ref _next) >= _count;

        public override bool TryTake(BlockBuffer buffer, LineParser? joiner, bool mayWait, out LineBlock block, out long storedBytes)
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
            var offset = ((long)index * _blockSize) - lead;
            var size = (int)Math.Min(_blockSize + lead, length - offset);

            // With it what its last line mostly needs, which would else be read by itself.
            var filled = _reader.ReadAt(offset, buffer.Reserve(0, (int)Math.Min(size + PeekOf(_blockSize), length - offset)));

            // Another program may have cut the file short since its size was looked at.
            size = Math.Min(size, filled);
            storedBytes = Math.Max(0, size - lead);
            block = filled == 0 ? new(index, 0, 0, offset) : Cut(buffer, joiner, index, offset, size, filled);
            return true;
        }

        LineBlock Cut(BlockBuffer buffer, LineParser? joiner, int index, long offset, int size, int filled)
        {
            var bytes = buffer.Bytes[..size];
            var start = index == 0 ? ByteOrderMark.LengthIn(bytes) : bytes.IndexOf((byte)'\n') + 1;
            if (index > 0 && (start == 0 || start == size))
            {
                return new(index, 0, 0, offset);
            }

            if (index > 0 && joiner is not null)
            {
                var found = EventBoundary.TryFindFirst(bytes[start..], joiner, out var skipped);
                start += skipped;
                if (!found && (start == size || !LastLineStartsEvent(buffer, joiner, offset, start, filled)))
                {
                    return new(index, 0, 0, offset);
                }
            }

            var end = EndLine(buffer, offset, start, size, ref filled, out var isCut);
            return joiner is not null && !isCut
                ? EndEvent(buffer, joiner, new(index, start, end, offset), filled)
                : new(index, start, end, offset, isCut);
        }

        /// <summary>Whether the line that the block's end cuts through begins an event. Reads it whole.</summary>
        bool LastLineStartsEvent(BlockBuffer buffer, LineParser joiner, long offset, int start, int filled)
        {
            var end = ExtendLine(buffer, offset, start, ref filled, out _);
            return EventBoundary.StartsEvent(buffer.Bytes[start..end], joiner);
        }

        /// <summary>Reads on until the block's last line ends. Returns its end in the buffer.</summary>
        int EndLine(BlockBuffer buffer, long offset, int start, int size, ref int filled, out bool isCut)
        {
            isCut = false;
            return buffer.Bytes[size - 1] == '\n'
                ? size
                : ExtendLine(buffer, offset, Math.Max(start, buffer.Bytes[..size].LastIndexOf((byte)'\n') + 1), ref filled, out isCut);
        }

        /// <summary>Reads on until the last event of a block of whole lines ends.</summary>
        LineBlock EndEvent(BlockBuffer buffer, LineParser joiner, LineBlock block, int filled)
        {
            var lastEvent = -1;
            var end = block.End;
            while (true)
            {
                var next = ExtendLine(buffer, block.Offset, end, ref filled, out var isCut);
                if (next == end || EventBoundary.StartsEvent(buffer.Bytes[end..next], joiner))
                {
                    return block with { End = end };
                }

                if (next - block.Start > LongestLine)
                {
                    lastEvent = lastEvent < 0 ? block.Start + Math.Max(EventBoundary.FindLast(buffer.Bytes[block.Start..block.End], joiner), 0) : lastEvent;
                    isCut |= next - lastEvent > LongestLine;
                }

                end = next;
                if (isCut)
                {
                    return block with { End = end, IsCut = true, SkippedLines = CountContinuation(buffer, joiner, block.Offset, end) };
                }
            }
        }

        /// <summary>Counts the lines that continue an event which is too long to be held, without holding them.</summary>
        long CountContinuation(BlockBuffer buffer, LineParser joiner, long offset, int end)
        {
            var isInsideLine = buffer.Bytes[end - 1] != '\n';
            var position = offset + end;
            long lines = 0;
            while (true)
            {
                var chunk = buffer.Reserve(end, _extension);
                var rest = (ReadOnlySpan<byte>)chunk[.._reader.ReadAt(position, chunk)];
                if (rest.IsEmpty)
                {
                    return lines;
                }

                position += rest.Length;
                while (!rest.IsEmpty)
                {
                    var newline = rest.IndexOf((byte)'\n');
                    if (newline < 0 && rest.Length < chunk.Length && position < length)
                    {
                        // The beginning of a line that the next chunk shows from its start.
                        position -= rest.Length;
                        break;
                    }

                    if (!isInsideLine && EventBoundary.StartsEvent(newline < 0 ? rest : rest[..newline], joiner))
                    {
                        return lines;
                    }

                    lines += isInsideLine ? 0 : 1;
                    isInsideLine = newline < 0;
                    rest = newline < 0 ? default : rest[(newline + 1)..];
                }
            }
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

                var read = _reader.ReadAt(offset + filled, buffer.Reserve(filled, _extension));
                if (read == 0)
                {
                    return filled;
                }

                filled += read;
            }
        }
    }
}
