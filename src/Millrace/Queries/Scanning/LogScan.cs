using Millrace.Parsing;

namespace Millrace.Queries.Scanning;

/// <summary>
/// One pass over files. Workers, one a thread, take blocks from it and parse them; the scan owns what they share: open files, line numbers, counts.
/// </summary>
sealed class LogScan : IDisposable
{
    readonly IReadOnlyList<PlannedFile> _files;
    readonly ScanOptions _options;
    readonly OpenFile?[] _open;
    readonly Lock _gate = new();
    int _first;

    /// <summary>Prepares a pass. Nothing is opened before a worker asks for lines.</summary>
    public LogScan(IReadOnlyList<PlannedFile> files, ScanOptions options)
    {
        _files = files;
        _options = options;
        _open = new OpenFile?[files.Count];
        options.Totals.Expect(files.Sum(file => file.File.Length ?? 0));
    }

    /// <summary>What every worker needs to know.</summary>
    internal ScanOptions Options => _options;

    /// <summary>A worker for one thread.</summary>
    /// <param name="columns">The columns to write, in the order of its sink.</param>
    /// <param name="kind">Whether it gives events or rejects.</param>
    public ScanWorker CreateWorker(IReadOnlyList<OutputColumn> columns, ScanKind kind = ScanKind.Events) => new(this, columns, kind);

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            foreach (var open in _open.OfType<OpenFile>())
            {
                Close(open);
            }

            Array.Clear(_open);
            _first = _files.Count;
        }
    }

    /// <summary>Reads the next block of any file into a worker's buffer; false when all is read.</summary>
    internal bool TryTake(IBlockWorker worker, out OpenFile file, out LineBlock block)
    {
        // Each worker has a file of its own while there are enough, so that none waits for what another has not read or counted yet; then they help each other.
        while (true)
        {
            _options.CancellationToken.ThrowIfCancellationRequested();
            if (TryTake(worker, isOwn: true, mayWait: false, out file, out block, out _) || TryTake(worker, isOwn: false, mayWait: false, out file, out block, out var isBusy))
            {
                return true;
            }

            if (!isBusy)
            {
                return false;
            }

            if (TryTake(worker, isOwn: false, mayWait: true, out file, out block, out _))
            {
                return true;
            }
        }
    }

    bool TryTake(IBlockWorker worker, bool isOwn, bool mayWait, out OpenFile file, out LineBlock block, out bool isBusy)
    {
        isBusy = false;
        for (var index = Volatile.Read(ref _first); index < _files.Count; index++)
        {
            file = Open(index);
            if (file.Blocks.IsExhausted)
            {
                MoveOn(index);
                continue;
            }

            if (isOwn && !file.TryClaim(worker))
            {
                continue;
            }

            if (file.TryTake(worker, mayWait, out block, out var storedBytes))
            {
                _options.Totals.AddBytes(storedBytes);
                if (file.Blocks.Problem is { } problem)
                {
                    _options.Totals.AddProblem(file.Name, problem);
                }

                return true;
            }

            isBusy |= !file.Blocks.IsExhausted;
        }

        file = null!;
        block = default;
        return false;
    }

    OpenFile Open(int index)
    {
        lock (_gate)
        {
            return _open[index] ??= new OpenFile(
                _files[index],
                FileBlocks.Open(_files[index].File, _options.BlockSize, _options.CancellationToken));
        }
    }

    /// <summary>Closes the files before the first one that still has blocks and in which no worker is reading.</summary>
    void MoveOn(int index)
    {
        lock (_gate)
        {
            while (_first < _files.Count && _first <= index && _open[_first] is { Blocks.IsExhausted: true } done && done.Readers == 0)
            {
                Close(done);
                _first++;
            }
        }
    }

    void Close(OpenFile file)
    {
        _options.Totals.SetLines(file.Name, file.Numbers.Total);
        file.Blocks.Dispose();
    }

    /// <summary>A file that workers are reading.</summary>
    internal sealed class OpenFile(PlannedFile planned, FileBlocks blocks)
    {
        IBlockWorker? _owner;
        int _readers;

        public FileBlocks Blocks { get; } = blocks;

        public PlannedFile Planned => planned;

        public FormatBinding Binding => planned.Binding;

        public string Name => planned.File.Name;

        public LineNumbers Numbers { get; } = new(planned.File.LinesBefore);

        public Directives Directives { get; } = new();

        /// <summary>How many workers are reading; a file is closed only when none is.</summary>
        public int Readers => Volatile.Read(ref _readers);

        /// <summary>True where the file is the worker's from now on or is already; false where it is another's.</summary>
        public bool TryClaim(IBlockWorker worker) => (Interlocked.CompareExchange(ref _owner, worker, null) ?? worker) == worker;

        public bool TryTake(IBlockWorker worker, bool mayWait, out LineBlock block, out long storedBytes)
        {
            Interlocked.Increment(ref _readers);
            try
            {
                return Blocks.TryTake(worker.Buffer, Binding.JoinsLines ? worker.ParserOf(this) : null, mayWait, out block, out storedBytes);
            }
            catch (Exception e)
            {
                Numbers.Fail(e);
                Directives.Fail(e);
                throw;
            }
            finally
            {
                Interlocked.Decrement(ref _readers);
            }
        }
    }
}
