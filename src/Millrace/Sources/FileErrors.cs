namespace Millrace.Sources;

/// <summary>Says in a few words why the operating system refused something, without the path that the runtime puts into its message.</summary>
static class FileErrors
{
    public static string Reason(Exception e) => e switch
    {
        UnauthorizedAccessException => "permission denied",
        FileNotFoundException or DirectoryNotFoundException => "there is no such file",
        _ => WithoutPath(e.Message).TrimEnd(' ', '.'),
    };

    // The runtime writes "No space left on device : '/tmp/x'".
    static string WithoutPath(string message) => message.IndexOf(" : '", StringComparison.Ordinal) is > 0 and var end ? message[..end] : message;
}
