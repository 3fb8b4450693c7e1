using System.Text;

namespace Millrace.Tests.Parsing.Formats;

/// <summary>One case of a case file: lines of a log, and what is expected of each.</summary>
/// <param name="Name">What the case shows.</param>
/// <param name="Options">How the format is asked for.</param>
/// <param name="Lines">The lines with what is expected.</param>
/// <remarks>
/// A case file is named after its format. <c># …</c> is a comment; <c>== …</c> begins a case and names it; <c>option: value</c> before the first line sets
/// <c>format</c> (with a layout), <c>tz</c>, <c>as-of</c>, <c>file</c>, <c>map</c> (<c>column=name</c>), <c>service</c> or <c>caller</c>; <c>&gt; …</c> is a line of the log, <c>+ …</c>
/// continues the line above as the next physical line; what follows is expected of it: every column that is not NULL (but <c>endpoint</c>, <c>raw</c>,
/// <c>file</c> and <c>line</c> only where they are named), or <c>reject: reason</c>, <c>skip</c>, or (between the records of a line that holds several) <c>then</c>, or <c>unbound</c> where the format must not take the file.
/// </remarks>
sealed record FormatCase(string Name, Dictionary<string, string> Options, List<(byte[] Input, List<string> Expected)> Lines)
{
    /// <summary>The folder of the case files.</summary>
    public static string Folder { get; } = FindFolder();

    /// <summary>Reads the cases of one file, or of all.</summary>
    public static IEnumerable<(string Format, FormatCase Case)> Read(string pattern = "*") =>
        Directory.GetFiles(Folder, pattern + ".case").Order(StringComparer.Ordinal)
            .SelectMany(path => ReadFile(path).Select(found => (Path.GetFileNameWithoutExtension(path), found)));

    public override string ToString() => Name;

    static List<FormatCase> ReadFile(string path)
    {
        var cases = new List<FormatCase>();

        // A char a byte, since a line of a log may hold any bytes.
        foreach (var line in File.ReadAllText(path, Encoding.Latin1).Split('\n'))
        {
            switch (line)
            {
                case "" or ['#', ..]:
                    break;
                case ['=', '=', ' ', .. var name]:
                    cases.Add(new(name, [], []));
                    break;
                case ['>', ' ', .. var input]:
                    cases[^1].Lines.Add((Encoding.Latin1.GetBytes(input), []));
                    break;
                case ['+', ' ', .. var more]:
                    var (above, expected) = cases[^1].Lines[^1];
                    cases[^1].Lines[^1] = ([.. above, (byte)'\n', .. Encoding.Latin1.GetBytes(more)], expected);
                    break;
                case var option when cases[^1].Lines.Count == 0:
                    var colon = option.IndexOf(": ", StringComparison.Ordinal);
                    cases[^1].Options[option[..colon]] = option[(colon + 2)..];
                    break;
                default:
                    cases[^1].Lines[^1].Expected.Add(Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(line)));
                    break;
            }
        }

        return cases;
    }

    static string FindFolder()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "Millrace.slnx")))
        {
            root = root.Parent!;
        }

        return Path.Combine(root.FullName, "test", "Millrace.Tests", "Parsing", "Formats", "Cases");
    }
}
