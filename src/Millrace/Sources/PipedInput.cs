namespace Millrace.Sources;

/// <summary>
/// Standard input, or a named file that is a pipe: bytes that arrive once. Its head may be read as often as one likes before it is opened;
/// it can be opened once, unless what was opened turns out to be a file after all.
/// </summary>
/// <param name="name">What messages and the <c>file</c> column show: <c>-</c> for standard input.</param>
/// <param name="open">Opens the pipe; called when the first byte is needed, and may block until someone writes.</param>
sealed class PipedInput(string name, Func<Stream> open) : LogFile
{
    readonly Lock _lock = new();
    PumpedStream? _pump;
    ReplayStream? _stream;
    bool _isOpened;

    /// <inheritdoc/>
    public override string Name => name;

    /// <inheritdoc/>
    public override long? Length => null;

    /// <inheritdoc/>
    public override FileHead ReadHead(byte[] buffer, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            var stream = Begin(cancellationToken);
            stream.RewindKeeping();
            return FileHead.Read(new Borrowed(stream), buffer);
        }
    }

    /// <inheritdoc/>
    public override LogReader Open(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            var stream = Begin(cancellationToken);
            stream.Rewind();
            _isOpened = true;
            return new Reader(stream);
        }
    }

    ReplayStream Begin(CancellationToken cancellationToken)
    {
        if (_isOpened)
        {
            if (!_pump!.CanReopen)
            {
                var pipe = name == "-" ? "Standard input ('-')" : $"The pipe '{name}'";
                throw new UserException($"{pipe} can be read once per query; write it to a file to read it again.");
            }

            (_pump, _stream, _isOpened) = (null, null, false);
        }

        _pump ??= new PumpedStream(OpenInner);
        try
        {
            _pump.WaitUntilOpen(cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // The next who asks tries again.
            _pump = null;
            throw;
        }

        _pump.CancellationToken = cancellationToken;
        return _stream ??= new ReplayStream(_pump);
    }

    Stream OpenInner()
    {
        try
        {
            return open();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserException($"Cannot open '{name}': {FileErrors.Reason(e)}.", cause: e);
        }
    }

    sealed class Reader(Stream stream) : LogReader
    {
        public override bool CanReadAt => false;

        public override int ReadAt(long offset, Span<byte> buffer) => throw new NotSupportedException("A pipe is read from its beginning to its end.");

        public override Stream OpenStream() => stream;

        protected override void Dispose(bool disposing) => stream.Dispose();
    }

    /// <summary>Lets the pipe outlive the reading of its head.</summary>
    sealed class Borrowed(Stream stream) : ForwardStream
    {
        public override int Read(Span<byte> buffer) => stream.Read(buffer);
    }
}
