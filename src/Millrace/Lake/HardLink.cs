using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Millrace.Lake;

/// <summary>A second name for a file: made at once, and never in place of another, which no method of the runtime promises.</summary>
static partial class HardLink
{
    const int FileExists = 17;
    const int WindowsAlreadyExists = 183;

    /// <summary>Makes the name; false where there is a file of that name.</summary>
    public static bool TryCreate(string existing, string name)
    {
        if (OperatingSystem.IsWindows())
        {
            return CreateHardLink(name, existing, 0) || (Marshal.GetLastPInvokeError() == WindowsAlreadyExists ? false : throw Failed());
        }

        return Link(existing, name) == 0 || (Marshal.GetLastPInvokeError() == FileExists ? false : throw Failed());
    }

    static IOException Failed() => new(new Win32Exception(Marshal.GetLastPInvokeError()).Message);

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Link(string existing, string name);

    [LibraryImport("kernel32", EntryPoint = "CreateHardLinkW", SetLastError = true, StringMarshalling = StringMarshalling.Utf16)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool CreateHardLink(string name, string existing, nint security);
}
