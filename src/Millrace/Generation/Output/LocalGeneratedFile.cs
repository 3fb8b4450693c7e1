using System.IO.Compression;
using Millrace.Sources;

namespace Millrace.Generation.Output;

sealed class LocalGeneratedFile : GeneratedFile
{
    readonly string _target;
    readonly string _unfinished;
    readonly Stream _file;
    bool _isOpen = true;

    public LocalGeneratedFile(string target)
    {
        _target = target;
        _unfinished = IsDevice(target) ? target : target + ".unfinished";
        var file = new FileStream(_unfinished, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
        _file = target.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionLevel.Fastest) : file;
    }

    public static UserException CannotWrite(string path, Exception cause) => new($"Cannot write '{path}': {FileErrors.Reason(cause)}.", cause: cause);

    public override Task FlushAsync(CancellationToken cancellationToken)
    {
        Guard(_file.Flush);
        return Task.CompletedTask;
    }

    public override Task CompleteAsync(CancellationToken cancellationToken)
    {
        Guard(_file.Dispose);
        if (_unfinished != _target)
        {
            Guard(() => File.Move(_unfinished, _target, overwrite: true));
        }

        _isOpen = false;
        return Task.CompletedTask;
    }

    public override ValueTask DisposeAsync()
    {
        if (_isOpen)
        {
            _isOpen = false;
            Discard();
        }

        return ValueTask.CompletedTask;
    }

    // The disk is fast beside what makes the bytes, so that a plain write beats an asynchronous one.
    protected override ValueTask AppendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        Guard(() => _file.Write(bytes.Span));
        return ValueTask.CompletedTask;
    }

    // A device such as /dev/null is written in place: putting a file there would remove the device.
    static bool IsDevice(string path) => Path.GetFullPath(path).StartsWith("/dev/", StringComparison.Ordinal);

    void Discard()
    {
        try
        {
            Guard(_file.Dispose);
        }
        finally
        {
            if (_unfinished != _target)
            {
                File.Delete(_unfinished);
            }
        }
    }

    void Guard(Action work)
    {
        try
        {
            work();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CannotWrite(_target, e);
        }
    }
}
