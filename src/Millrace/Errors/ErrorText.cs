using System.Globalization;
using System.Text;
using Millrace.Events;

namespace Millrace.Errors;

/// <summary>A digest as plain text: for a terminal, and for the part of a mail that every client shows.</summary>
public static class ErrorText
{
    const int SampleLines = 6;
    const int LongestLine = 160;
    const string Levels = " ▁▂▃▄▅▆▇█";

    /// <summary>The text.</summary>
    /// <param name="digest">The digest.</param>
    /// <param name="sources">Where the errors are, for the commands that find more.</param>
    /// <param name="most">How many groups are shown.</param>
    public static string Of(ErrorDigest digest, IReadOnlyList<string> sources, int most)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{Capital(Cut(Visible(digest.Headline)))}\n{Totals(digest)}\n");
        foreach (var group in digest.Groups.Take(most))
        {
            Append(text, group, digest, sources);
        }

        if (digest.Groups.Count > most)
        {
            text.Append(CultureInfo.InvariantCulture, $"\nand {digest.Groups.Count - most} more groups.\n");
        }

        return text.ToString();
    }

    /// <summary>How many errors there were, and from when to when: <c>40 errors from … to …, 3 of them muted by rules.</c></summary>
    public static string Totals(ErrorDigest digest)
    {
        var muted = digest.Muted > 0 ? string.Create(CultureInfo.InvariantCulture, $", {digest.Muted:N0} of them muted by rules") : "";
        return $"{Count(digest.Errors)} from {InstantText.Format(digest.Since)} to {InstantText.Format(digest.Until)}{muted}.{(digest.HasHistory ? "" : " There are no events from before, so that nothing can be told to be new.")}";
    }

    /// <summary>How many a group has: <c>40 errors, 12.5% of all</c>.</summary>
    public static string CountsOf(ErrorGroup group) => string.Create(CultureInfo.InvariantCulture, $"{Count(group.Count)}, {group.Share:0.#%} of all");

    /// <summary>When a group was seen, to the second: <c>first seen …, last …; group ID</c>.</summary>
    public static string SeenOf(ErrorGroup group) => $"first seen {InstantText.FormatSeconds(group.FirstSeen)}, last {InstantText.FormatSeconds(group.LastSeen)}; group {group.Id}";

    /// <summary>Where a group's errors are, a line for the services, one for the endpoints, and so on.</summary>
    public static IEnumerable<string> PlacesOf(ErrorGroup group)
    {
        foreach (var (what, names) in new[] { ("services", group.Services), ("endpoints", group.Endpoints), ("hosts", group.Hosts), ("callers", group.Callers) }.Where(list => list.Item2.Count > 0))
        {
            yield return $"{what}: {string.Join(", ", names.Take(4).Select(name => string.Create(CultureInfo.InvariantCulture, $"{Cut(Visible(name.Key))} ({name.Value:N0})")))}{(names.Count > 4 ? $" and {names.Count - 4} more" : "")}";
        }
    }

    /// <summary>How a group stands, in a few words: <c>rising: 40 where 3.5 were to be expected</c>.</summary>
    public static string StateOf(ErrorGroup group) => group.State switch
    {
        ErrorState.New => "new",
        ErrorState.Back => string.Create(CultureInfo.InvariantCulture, $"back after {group.DaysAway} days{(group.WasAwayLonger ? " or more" : "")}"),
        ErrorState.Rising => string.Create(CultureInfo.InvariantCulture, $"rising: {group.Count:N0} where {group.Expected:0.#} were to be expected"),
        ErrorState.Gone => string.Create(CultureInfo.InvariantCulture, $"gone: {group.Expected:0.#} were to be expected"),
        _ => "steady",
    };

    /// <summary>The command that finds the group's errors: in the sources, or where there are none, in the file that the sample is of.</summary>
    public static string SearchCommand(ErrorGroup group, ErrorDigest digest, IReadOnlyList<string> sources) =>
        $"millrace search {Shell(group.SearchText)} --in {string.Join(' ', (sources.Count > 0 ? sources : [group.Sample?.File ?? ""]).Select(Shell))} --since {InstantText.Format(digest.Since)} --until {InstantText.Format(digest.Until)}";

    /// <summary>A bar an hour, the highest for the most.</summary>
    public static string Sparkline(IReadOnlyList<long> trend)
    {
        var most = Math.Max(1, trend.Count == 0 ? 1 : trend.Max());
        return string.Concat(trend.Select(count => Levels[count == 0 ? 0 : 1 + (int)((count * (Levels.Length - 2)) / most)]));
    }

    /// <summary>The first lines of a sample, cut to what helps, without anything that would steer a terminal.</summary>
    public static IEnumerable<string> SampleOf(ErrorGroup group) => group.Sample is not { } sample
        ? []
        : sample.Text.Split('\n').Take(SampleLines).Select(line => Cut(Visible(line.TrimEnd('\r'))));

    /// <summary>Control characters, and those that turn the direction of text, as their numbers.</summary>
    public static string Visible(string text) => text.Any(IsHidden)
        ? string.Concat(text.Select(c => IsHidden(c) ? string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}") : c.ToString()))
        : text;

    /// <summary>True for a character that a terminal or a client would act on rather than show.</summary>
    internal static bool IsHidden(char c) => (char.IsControl(c) && c != '\t') || c is (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069') or '\u200e' or '\u200f' or '\ufeff';

    static void Append(StringBuilder text, ErrorGroup group, ErrorDigest digest, IReadOnlyList<string> sources)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n[{StateOf(group)}] {Cut(Visible(group.Title))}\n");
        text.Append(CultureInfo.InvariantCulture, $"  {CountsOf(group)}; {SeenOf(group)}\n");
        foreach (var line in PlacesOf(group))
        {
            text.Append(CultureInfo.InvariantCulture, $"  {line}\n");
        }

        text.Append(group.Count > 0 && group.Trend.Count is > 1 and <= 168 ? $"  by hour: |{Sparkline(group.Trend)}|\n" : "");
        text.Append(group.Note is { } note ? $"  note: {Visible(note)}\n" : "");
        foreach (var line in SampleOf(group))
        {
            text.Append(CultureInfo.InvariantCulture, $"    {line}\n");
        }

        text.Append(group.Count > 0 && group.SearchText.Length > 0 ? $"  more: {SearchCommand(group, digest, sources)}\n" : "");
    }

    static string Cut(string text) => text.Length <= LongestLine ? text : $"{text[..(char.IsHighSurrogate(text[LongestLine - 1]) ? LongestLine - 1 : LongestLine)]}…";

    internal static string Count(long errors) => errors == 1 ? "1 error" : string.Create(CultureInfo.InvariantCulture, $"{errors:N0} errors");

    /// <summary>A sentence with its first letter large.</summary>
    public static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    static string Shell(string word) => word.Length > 0 && word.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '.' or '-' or '_' or ':' or '=') ? word : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
