using System.Runtime.InteropServices;

namespace Millrace.Cli.Output;

/// <summary>
/// Standard output. A write after its reader has gone becomes a <see cref="ClosedPipeException"/>, any other that fails a <see cref="UserException"/>.
/// </summary>
/// <remarks>
/// The runtime's own stream passes over a closed pipe in silence, so that <c>millrace … | head -1</c> would work on to the end. A
/// <see cref="FileStream"/> would tell, but writes at positions of its own and so over what others write to the same file.
/// </remarks>
sealed partial class StandardOutput : Stream
{
    const int Descriptor = 1;
    const int Interrupted = 4;
    const int TryAgain = 11;
    const int TryAgainOnApple = 35;
    const int BrokenPipe = 32;
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(1);

    readonly Stream? _ofWindows = OperatingSystem.IsWindows() ? Console.OpenStandardOutput() : null;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (_ofWindows is not null)
        {
            _ofWindows.Write(buffer);
            return;
        }

        while (!buffer.IsEmpty)
        {
            var written = Write(Descriptor, buffer, (nuint)buffer.Length);
            if (written >= 0)
            {
                buffer = buffer[(int)written..];
            }
            else
            {
                GoOnAfter(Marshal.GetLastPInvokeError());
            }
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush() => _ofWindows?.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    static void GoOnAfter(int error)
    {
        switch (error)
        {
            case Interrupted:
                break;
            case TryAgain or TryAgainOnApple:
                // Another process has made the pipe non-blocking.
                Thread.Sleep(Pause);
                break;
            case BrokenPipe:
                throw new ClosedPipeException();
            default:
                throw new UserException($"Cannot write to standard output: {Marshal.GetPInvokeErrorMessage(error)}.");
        }
    }

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint Write(int descriptor, ReadOnlySpan<byte> bytes, nuint count);
}
