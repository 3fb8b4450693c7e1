namespace Millrace.Parsing.Json;

/// <summary>Tells JSON from text by the first byte of a file, for programs that write either.</summary>
static class JsonHead
{
    /// <summary>True where the file's first line is an object.</summary>
    public static bool IsJson(FormatInput input)
    {
        var head = input.Head.Span.TrimStart(" \t\r\n"u8);
        return head.Length > 0 && head[0] == '{';
    }
}
