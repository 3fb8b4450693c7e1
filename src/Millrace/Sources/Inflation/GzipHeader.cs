namespace Millrace.Sources.Inflation;

/// <summary>What a gzip member begins with (RFC 1952, 2.3).</summary>
static class GzipHeader
{
    const int FixedBytes = 10;
    const int Deflate = 8;
    const int HasChecksum = 2;
    const int HasExtra = 4;
    const int HasName = 8;
    const int HasComment = 16;
    const int Reserved = 0xe0;

    /// <summary>The two bytes that tell gzip.</summary>
    public static ReadOnlySpan<byte> Magic => [0x1f, 0x8b];

    /// <summary>Passes over a header; <see cref="InflateResult.Ended"/> where all is well.</summary>
    public static InflateResult Read(StoredBytes stored)
    {
        var reader = new Reader(stored);
        Span<byte> start = stackalloc byte[FixedBytes];
        for (var i = 0; i < start.Length; i++)
        {
            var value = reader.Next();
            if (value < 0)
            {
                return InflateResult.NeedsInput;
            }

            start[i] = (byte)value;
            var isLegal = i switch { 0 or 1 => value == Magic[i], 3 => start[2] == Deflate && (value & Reserved) == 0, _ => true };
            if (!isLegal)
            {
                return InflateResult.Damaged;
            }
        }

        var flags = start[3];
        if (((flags & HasExtra) != 0 && !reader.TrySkipCounted())
            || ((flags & HasName) != 0 && !reader.TrySkipText())
            || ((flags & HasComment) != 0 && !reader.TrySkipText()))
        {
            return InflateResult.NeedsInput;
        }

        return (flags & HasChecksum) == 0 ? InflateResult.Ended : reader.Check();
    }

    ref struct Reader(StoredBytes stored)
    {
        uint _checksum;

        public int Next()
        {
            var value = stored.ReadByte();
            if (value >= 0)
            {
                var added = (byte)value;
                _checksum = Crc32.Append(_checksum, new ReadOnlySpan<byte>(in added));
            }

            return value;
        }

        public bool TrySkipCounted()
        {
            var low = Next();
            var high = Next();
            for (var left = low | (high << 8); left > 0; left--)
            {
                if (Next() < 0)
                {
                    return false;
                }
            }

            return high >= 0;
        }

        public bool TrySkipText()
        {
            int value;
            do
            {
                value = Next();
            }
            while (value > 0);
            return value == 0;
        }

        public InflateResult Check()
        {
            var expected = (int)(_checksum & 0xffff);
            var low = stored.ReadByte();
            var high = stored.ReadByte();
            return high < 0 ? InflateResult.NeedsInput : (low | (high << 8)) == expected ? InflateResult.Ended : InflateResult.Damaged;
        }
    }
}
