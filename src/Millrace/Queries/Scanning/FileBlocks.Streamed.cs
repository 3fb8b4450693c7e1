using Millrace.Parsing;
using Millrace.Parsing.Lines;
using Millrace.Sources;

namespace Millrace.Queries.Scanning;

abstract partial class FileBlocks
{
    /// <summary>Blocks of what can only be read from front to back. What follows the last whole event of a block is carried to the next.</summary>
    sealed class Streamed : FileBlocks
    {
        readonly Lock _lock = new();
        readonly CountingStream _stored;
        readonly DecompressedStream _stream;
        byte[] _carry = [];
        int _carried;
        int _next;
        long _offset;
        long _told;
        bool _skipsLine;
        volatile bool _isExhausted;

        public Streamed(LogReader reader, int blockSize)
            : base(reader, blockSize)
        {
            _stored = new CountingStream(reader.OpenStream());
            _stream = Compression.Decompress(_stored);
        }

        public override bool IsExhausted => _isExhausted;

        public override string? Problem => _stream.Problem;

        public override bool TryTake(BlockBuffer buffer, LineParser? joiner, bool mayWait, out LineBlock block, out long storedBytes)
        {
            block = default;
            storedBytes = 0;
            if (mayWait)
            {
                _lock.Enter();
            }
            else if (!_lock.TryEnter())
            {
                return false;
            }

            try
            {
                if (_isExhausted)
                {
                    return false;
                }

                block = Read(buffer, joiner);
                storedBytes = _stored.BytesRead - _told;
                _told = _stored.BytesRead;
                return true;
            }
            finally
            {
                _lock.Exit();
            }
        }

        public override void Dispose()
        {
            _stream.Dispose();
            _stored.Dispose();
            _carry = [];
            base.Dispose();
        }

        LineBlock Read(BlockBuffer buffer, LineParser? joiner)
        {
            _carry.AsSpan(0, _carried).CopyTo(buffer.Reserve(0, _carried));
            var filled = _carried;
            var start = 0;
            while (true)
            {
                filled = Fill(buffer, filled, Math.Max(_blockSize, filled + _extension));
                if (_skipsLine && !SkipLine(buffer, filled, ref start))
                {
                    // Still inside the line that was too long: forget it and read on.
                    _offset += filled;
                    filled = 0;
                    if (_isExhausted)
                    {
                        return new(_next++, 0, 0, _offset);
                    }

                    continue;
                }

                if (_next == 0 && start == 0)
                {
                    start = ByteOrderMark.LengthIn(buffer.Bytes[..filled]);
                }

                var end = _isExhausted ? filled : LastBoundary(buffer.Bytes[start..filled], joiner) + start;
                if (end > start || _isExhausted)
                {
                    return Emit(buffer, start, end, filled, isCut: false);
                }

                if (filled - start > LongestLine)
                {
                    _skipsLine = true;
                    return Emit(buffer, start, filled, filled, isCut: true);
                }
            }
        }

        int Fill(BlockBuffer buffer, int filled, int wanted)
        {
            var room = buffer.Reserve(filled, wanted - filled);
            var read = _stream.ReadAtLeast(room, room.Length, throwOnEndOfStream: false);
            _isExhausted = read < room.Length;
            return filled + read;
        }

        bool SkipLine(BlockBuffer buffer, int filled, ref int start)
        {
            var newline = buffer.Bytes[..filled].IndexOf((byte)'\n');
            start = newline + 1;
            _skipsLine = newline < 0;
            return newline >= 0;
        }

        /// <summary>Where the last event ends that is known to be whole; 0 where none is. Lines that continue nothing stand for themselves.</summary>
        int LastBoundary(ReadOnlySpan<byte> bytes, LineParser? joiner)
        {
            var last = joiner is not null ? EventBoundary.FindLast(bytes, joiner) : -1;
            return last >= 0 ? last : bytes.LastIndexOf((byte)'\n') + 1;
        }

        LineBlock Emit(BlockBuffer buffer, int start, int end, int filled, bool isCut)
        {
            _carried = filled - end;
            if (_carry.Length < _carried)
            {
                _carry = GC.AllocateUninitializedArray<byte>(_carried * 2);
            }

            buffer.Bytes[end..filled].CopyTo(_carry);
            var block = new LineBlock(_next++, start, end, _offset, isCut);
            _offset += end;
            return block;
        }
    }
}
