namespace Millrace.Sources;

/// <summary>Reads a stream that cannot seek and can be set back to the beginning for as long as it keeps what it reads.</summary>
sealed class ReplayStream(Stream inner) : ForwardStream
{
    readonly MemoryStream _kept = new();
    bool _keeps = true;

    /// <summary>Goes back to the first byte and keeps what is read beyond the bytes known so far.</summary>
    public void RewindKeeping() => (_kept.Position, _keeps) = (0, true);

    /// <summary>Goes back to the first byte for the last time.</summary>
    public void Rewind() => (_kept.Position, _keeps) = (0, false);

    public override int Read(Span<byte> buffer)
    {
        var replayed = _kept.Read(buffer);
        if (replayed > 0)
        {
            return replayed;
        }

        var read = inner.Read(buffer);
        if (_keeps)
        {
            _kept.Write(buffer[..read]);
        }

        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
