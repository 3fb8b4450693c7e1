using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Millrace.Errors;

/// <summary>
/// What a stack trace says of an error's kind: the type of its root cause, and the frames nearest to where it was thrown, without line numbers and whatever else differs from build to build. Reads traces of Java, .NET, Python, Go and Node.
/// </summary>
/// <param name="Type">The exception's type; null where the text names none.</param>
/// <param name="Frames">Up to <see cref="MostFrames"/> frames, the nearest first.</param>
sealed partial record StackTrace(string? Type, IReadOnlyList<string> Frames)
{
    /// <summary>How many frames tell errors apart.</summary>
    public const int MostFrames = 3;

    const int MostLines = 400;

    // What a frame or a type is told by stands at the beginning of its line; the patterns take longer than a line of megabytes is worth.
    const int LongestLine = 1000;
    const int LongestName = 300;

    /// <summary>No trace.</summary>
    public static StackTrace None { get; } = new(null, []);

    /// <summary>Type and frames as one text, which is the same for traces that agree.</summary>
    internal string Key => $"{Type}|{string.Join('|', Frames)}";

    /// <summary>The id of the group of errors that have this trace and a template.</summary>
    internal string GroupWith(string template) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Key}|{template}")))[..16];

    /// <summary>Reads a message with the lines that follow it; half a trace gives what it has.</summary>
    public static StackTrace Of(string text)
    {
        string? type = null;
        var frames = new List<string>();
        var pythonFrames = new List<string>();
        string? goFunction = null;
        foreach (var line in text.Split('\n', MostLines + 1).Take(MostLines).Select(line => line[..Math.Min(line.Length, LongestLine)].TrimEnd('\r')))
        {
            if (Python().Match(line) is { Success: true } python)
            {
                pythonFrames.Add(Normal($"{python.Groups[1].Value[(python.Groups[1].Value.LastIndexOfAny(['/', '\\']) + 1)..]}:{python.Groups[2].Value}"));
            }
            else if (At().Match(line) is { Success: true } at)
            {
                frames.Add(Normal(at.Groups[1].Value));
            }
            else if (GoFile().IsMatch(line))
            {
                frames.AddRange(goFunction is null ? [] : [Normal(goFunction)]);
                goFunction = null;
            }
            else if (CausedBy().Match(line) is { Success: true } cause)
            {
                // The innermost cause says what went wrong, and its frames where.
                type = cause.Groups[1].Value;
                frames.Clear();
            }
            else if (line.StartsWith("panic: ", StringComparison.Ordinal))
            {
                type = "panic";
            }
            else if (Named().Match(line) is { Success: true } named && (type is null || pythonFrames.Count > 0))
            {
                type = named.Groups[1].Value;
            }

            goFunction = GoFunction().Match(line) is { Success: true } function ? function.Groups[1].Value : goFunction;
        }

        // Python tells the latest call last.
        pythonFrames.Reverse();
        return new StackTrace(type is null ? null : Cut(type), [.. (pythonFrames.Count > 0 ? pythonFrames : frames).Take(MostFrames)]);
    }

    static string Normal(string frame) => Cut(Numbers().Replace(Generics().Replace(frame, ""), ""));

    static string Cut(string name) => name[..Math.Min(name.Length, LongestName)];

    [GeneratedRegex(@"^\s*at (?:async )?([^\s(]+(?: \[as [^\]]+\])?)")]
    private static partial Regex At();

    [GeneratedRegex(@"^\s*File ""([^""]+)"", line \d+, in (\S+)")]
    private static partial Regex Python();

    [GeneratedRegex(@"^([\w./*()-]+\.[\w.*()-]+)\(.*\)$")]
    private static partial Regex GoFunction();

    [GeneratedRegex(@"^\s+\S+\.go:\d+")]
    private static partial Regex GoFile();

    [GeneratedRegex(@"^\s*(?:Caused by:|--->) ([\w.$]+)")]
    private static partial Regex CausedBy();

    [GeneratedRegex(@"(?:^|[\s:(])([A-Za-z_][\w.$]*(?:Exception|Error|Throwable|Fault))(?=$|[:\s)])")]
    private static partial Regex Named();

    [GeneratedRegex(@"`\d+|\[[^\]]*\]|<[^>]*>|:\d+(?::\d+)?")]
    private static partial Regex Generics();

    [GeneratedRegex(@"\d+")]
    private static partial Regex Numbers();
}
