using System.Runtime.InteropServices;

namespace Millrace.Tests.Parsing.Fuzzing;

/// <summary>
/// Memory whose last byte is followed by a page that may not be read: a line that is put at its end makes a parser that looks behind the line end the process. On systems other than
/// Linux it is plain memory.
/// </summary>
sealed unsafe partial class GuardedLine : IDisposable
{
    const int ReadAndWrite = 3;
    const int Nothing = 0;
    const int PrivateAndAnonymous = 0x22;

    readonly int _capacity;
    readonly byte* _start;

    public GuardedLine(int capacity)
    {
        var page = Environment.SystemPageSize;
        _capacity = (capacity + page - 1) / page * page;
        if (!OperatingSystem.IsLinux())
        {
            _start = (byte*)NativeMemory.Alloc((nuint)_capacity);
            return;
        }

        _start = (byte*)Map(0, (nuint)(_capacity + page), ReadAndWrite, PrivateAndAnonymous, -1, 0);
        if ((nint)_start == -1 || Protect((nint)_start + _capacity, (nuint)page, Nothing) != 0)
        {
            throw new InvalidOperationException($"The kernel gives no guarded memory: {Marshal.GetLastPInvokeErrorMessage()}");
        }
    }

    /// <summary>The line at the end of the memory; of use until the next call.</summary>
    public ReadOnlySpan<byte> Put(ReadOnlySpan<byte> line)
    {
        var place = new Span<byte>(_start + _capacity - line.Length, line.Length);
        line.CopyTo(place);
        return place;
    }

    public void Dispose()
    {
        if (OperatingSystem.IsLinux())
        {
            Unmap((nint)_start, (nuint)(_capacity + Environment.SystemPageSize));
        }
        else
        {
            NativeMemory.Free(_start);
        }
    }

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    private static partial nint Map(nint address, nuint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "mprotect", SetLastError = true)]
    private static partial int Protect(nint address, nuint length, int protection);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int Unmap(nint address, nuint length);
}
