using System.IO.Compression;

namespace Millrace.Sources;

/// <summary>
/// Inflates gzip members one after the other. The runtime's <see cref="GZipStream"/> ends without a word where the stored data was cut,
/// so a member of our own is put after the stored bytes: only where the last stored member was whole does our member come out whole.
/// Damaged data loses at most the bytes of the read that met the damage.
/// </summary>
sealed class GzipMembers : DecompressedStream
{
    const string EndsEarly = "the gzip data ends early";

    readonly MarkedEnd _stored;
    readonly GZipStream _members;

    public GzipMembers(Stream stored)
    {
        _stored = new MarkedEnd(stored);
        _members = new GZipStream(_stored, CompressionMode.Decompress);
    }

    public override CompressionKind Compression => CompressionKind.Gzip;

    protected override int ReadNext(Span<byte> buffer, out string? problem)
    {
        problem = null;
        var read = 0;
        try
        {
            read = _members.Read(buffer);
        }
        catch (InvalidDataException)
        {
            problem = _stored.IsMarkRead ? EndsEarly : "the gzip data is damaged";
            return 0;
        }

        if (!_stored.IsMarkRead)
        {
            if (read == 0 && _stored.HasMoreThanPadding())
            {
                problem = "what follows the gzip data is not gzip and was not read";
            }

            return read;
        }

        // The inflater asks for stored bytes only when it has nothing to give, and gives what comes of them: these bytes come from the mark.
        if (!IsMark(buffer[..read]))
        {
            problem = EndsEarly;
        }

        return 0;
    }

    bool IsMark(ReadOnlySpan<byte> start)
    {
        Span<byte> text = stackalloc byte[MarkedEnd.MarkText.Length + 1];
        start[..Math.Min(start.Length, text.Length)].CopyTo(text);
        try
        {
            var missing = Math.Max(text.Length - start.Length, 0);
            var length = start.Length + _members.ReadAtLeast(text[^missing..], missing, throwOnEndOfStream: false);
            return length == MarkedEnd.MarkText.Length && text[..^1].SequenceEqual(MarkedEnd.MarkText);
        }
        catch (InvalidDataException)
        {
            // Cut data that happens to begin like the mark: the checksum tells.
            return false;
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _members.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>The stored bytes with a gzip member of our own after them.</summary>
    sealed class MarkedEnd(Stream stored) : ForwardStream
    {
        readonly MemoryStream _mark = new(Mark());
        byte _lastByte;

        public static ReadOnlySpan<byte> MarkText => "end of the stored bytes"u8;

        /// <summary>True once the stored bytes are used up and the mark has been handed out.</summary>
        public bool IsMarkRead => _mark.Position > 0;

        /// <summary>Reads on to the end; false where nothing but the zeros is left with which some writers fill their last block.</summary>
        public bool HasMoreThanPadding()
        {
            var buffer = new byte[64 * 1024];
            var found = _lastByte != 0;
            int read;
            while (!found && (read = stored.Read(buffer)) > 0)
            {
                found = buffer.AsSpan(0, read).ContainsAnyExcept((byte)0);
            }

            return found;
        }

        public override int Read(Span<byte> buffer)
        {
            var read = stored.Read(buffer);
            if (read == 0)
            {
                return _mark.Read(buffer);
            }

            _lastByte = buffer[read - 1];
            return read;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                stored.Dispose();
            }

            base.Dispose(disposing);
        }

        static byte[] Mark()
        {
            var member = new MemoryStream();
            using (var gzip = new GZipStream(member, CompressionLevel.Fastest))
            {
                gzip.Write(MarkText);
            }

            return member.ToArray();
        }
    }
}
