using Millrace.Parsing;
using Millrace.Tests.Parsing.Formats;

namespace Millrace.Tests.Parsing;

/// <summary>The confusion table of <c>auto</c>: what each case file's lines are taken for. It has no wrong pick.</summary>
public sealed class ConfusionTests
{
    /// <summary>Formats whose lines are another's as well, so that nothing tells them apart: those of the first are read as the second.</summary>
    static readonly (string Format, string Picked)[] Equivalent =
    [
    ];

    /// <summary>Formats of which a line alone may be another's, though a file of them is not.</summary>
    static readonly (string Format, string Picked)[] ToldByMoreLines =
    [
        ("bunkerweb", "vhost-combined"),
        ("nginx-proxy-manager", "combined"),
        ("forwarded-combined", "combined"),
        ("glog", "klog"),

        // Fields of the user's choice are told by the header of their file.
        ("vpc-flow", "nothing"),
    ];

    /// <summary>Formats of which each file has fields of its own, told by its header or its first lines.</summary>
    static readonly string[] WithFieldsOfItsOwn = ["csv", "metric-windows", "w3c", "cloudfront", "vpc-flow", "apigateway"];

    /// <summary>Formats whose lines say nothing without the header above them.</summary>
    static readonly string[] WithHeader = ["csv", "metric-windows", "w3c"];

    public static TheoryData<string> Detectable => [.. LogFormats.All.Where(format => format.CanBeDetected).Select(format => format.Name)];

    [Theory]
    [MemberData(nameof(Detectable))]
    public void A_file_of_a_formats_lines_is_read_as_that_format(string format)
    {
        var files = Cases(format).Select(Accepted).Where(lines => lines.Count > 0).ToList();
        if (!WithFieldsOfItsOwn.Contains(format))
        {
            files = [[.. files.SelectMany(lines => lines)]];
        }

        Assert.All(files, lines => AssertPicked(format, lines, Equivalent));
    }

    [Theory]
    [MemberData(nameof(Detectable))]
    public void A_single_line_is_read_as_its_format(string format)
    {
        if (!WithHeader.Contains(format))
        {
            Assert.All(Cases(format).SelectMany(Events), line => AssertPicked(format, [line], [.. Equivalent, .. ToldByMoreLines]));
        }
    }

    [Fact]
    public void Every_entry_of_the_tables_is_needed()
    {
        var picked = LogFormats.All.Where(format => format.CanBeDetected).SelectMany(format => Cases(format.Name).SelectMany(Events).Select(line => (format.Name, Pick([line])))).ToHashSet();

        Assert.All(ToldByMoreLines, entry => Assert.Contains(entry, picked));
    }

    /// <summary>Cases that need no option to be read: no layout, no mapping.</summary>
    static IEnumerable<FormatCase> Cases(string format) =>
        FormatCase.Read(format).Where(found => found.Format == format).Select(found => found.Case).Where(found => !found.Options.ContainsKey("format") && !found.Options.ContainsKey("map"));

    static List<byte[]> Accepted(FormatCase found) =>
        [.. found.Lines.Where(line => !line.Expected.Exists(expected => expected == "unbound" || expected.StartsWith("reject:", StringComparison.Ordinal))).Select(line => line.Input)];

    static IEnumerable<byte[]> Events(FormatCase found) => Accepted(found with { Lines = [.. found.Lines.Where(line => !line.Expected.Contains("skip"))] });

    static void AssertPicked(string format, IReadOnlyList<byte[]> lines, (string Format, string Picked)[] allowed)
    {
        var picked = Pick(lines);
        Assert.True(picked == format || allowed.Contains((format, picked)), $"{format} is read as {picked}:\n{System.Text.Encoding.UTF8.GetString(lines[0])}");
    }

    static DateTimeOffset Now => new(2026, 11, 22, 10, 0, 0, TimeSpan.Zero);

    static string Pick(IReadOnlyList<byte[]> lines) =>
        FormatDetector.Best(new() { Head = lines.SelectMany(line => line.Append((byte)'\n')).ToArray(), AsOf = Now }, isWhole: true)?.Format.Name ?? "nothing";
}
