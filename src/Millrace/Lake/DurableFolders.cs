using System.Collections.Concurrent;
using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Millrace.Lake;

/// <summary>
/// Makes the names of files outlast a crash: a file that was written through to the disk is lost all the same where the folder that names it was not, which no method of the runtime does.
/// Windows keeps names in a journal of its own.
/// </summary>
/// <param name="root">The outermost folder that may be new.</param>
sealed partial class DurableFolders(string root)
{
    const int ReadOnly = 0;
    const int PermissionDenied = 13;

    readonly ConcurrentDictionary<string, bool> _named = new(StringComparer.Ordinal);

    /// <summary>Writes through what names there are in a folder, and once per folder, that it is in its own.</summary>
    public void Flush(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        FlushNames(folder);
        var outside = Path.GetDirectoryName(root);
        for (var inner = folder; inner != outside && Path.GetDirectoryName(inner) is { } outer && !_named.ContainsKey(inner); inner = outer)
        {
            FlushNames(outer);
            _named[inner] = true;
        }
    }

    static void FlushNames(string folder)
    {
        var handle = Open(folder, ReadOnly);
        if (handle < 0)
        {
            // Where one may enter and not look, as may be above the lake, names are kept when the system sees fit.
            if (Marshal.GetLastPInvokeError() == PermissionDenied)
            {
                return;
            }

            throw Failed();
        }

        var isDone = Fsync(handle) == 0;
        var failure = isDone ? null : Failed();
        _ = Close(handle);
        if (failure is not null)
        {
            throw failure;
        }
    }

    static IOException Failed() => new(new Win32Exception(Marshal.GetLastPInvokeError()).Message);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Fsync(int handle);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int handle);
}
