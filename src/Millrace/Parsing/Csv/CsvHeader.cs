using System.Text;
using Millrace.Events;
using Millrace.Parsing.Names;

namespace Millrace.Parsing.Csv;

/// <summary>What the first line of a CSV file says, and the lines behind it that show what the columns hold.</summary>
/// <param name="Line">The line itself, without a byte order mark.</param>
/// <param name="Delimiter">What stands between names.</param>
/// <param name="Names">The names of the columns.</param>
/// <param name="Rows">The values of the first lines that have as many columns as the header.</param>
sealed record CsvHeader(byte[] Line, byte Delimiter, string[] Names, IReadOnlyList<string[]> Rows)
{
    const int MostRows = 200;

    static readonly string[] Methods = ["GET", "POST", "PUT", "HEAD", "DELETE", "PATCH", "OPTIONS"];

    /// <summary>Reads the head of a file; null where its first line does not name columns.</summary>
    public static CsvHeader? TryRead(ReadOnlySpan<byte> head)
    {
        head = head.StartsWith("\uFEFF"u8) ? head[3..] : head;
        var line = TakeLine(ref head);
        var delimiter = ",;\t|"u8.ToArray().MaxBy(candidate => TrySplit(line, candidate)?.Length ?? 0);
        var names = TrySplit(line, delimiter);
        if (names is not { Length: > 1 } || !Array.TrueForAll(names, IsName))
        {
            return null;
        }

        var rows = new List<string[]>();
        while (rows.Count < MostRows && head.Contains((byte)'\n'))
        {
            var rowLine = TakeLine(ref head);
            if (TrySplit(rowLine, delimiter) is { } row && row.Length == names.Length && !rowLine.AsSpan().SequenceEqual(line))
            {
                rows.Add(row);
            }
        }

        return new(line, delimiter, names, rows);
    }

    /// <summary>The values of a column in the sample that are not NULL.</summary>
    public IEnumerable<string> ValuesOf(int column) => Rows.Select(row => row[column]).Where(value => value is not ("" or "-"));

    static byte[] TakeLine(ref ReadOnlySpan<byte> text)
    {
        var end = text.IndexOf((byte)'\n');
        var line = end < 0 ? text : text[..end];
        text = end < 0 ? default : text[(end + 1)..];
        return line.TrimEnd((byte)'\r').ToArray();
    }

    static string[]? TrySplit(byte[] line, byte delimiter)
    {
        var values = new List<string>();
        for (var at = 0; at <= line.Length;)
        {
            if (!CsvLine.TryTake(line, delimiter, ref at, out var value))
            {
                return null;
            }

            var text = Encoding.UTF8.GetString(line, value.Start, value.Length);
            values.Add((value.Escape == TextEscape.DoubledQuote ? text.Replace("\"\"", "\"", StringComparison.Ordinal) : text).Trim(' '));
        }

        return [.. values];
    }

    /// <summary>A name begins with a letter and does not read as a value: it is no time, address, path or request.</summary>
    static bool IsName(string text) =>
        text.Length is > 0 and <= 128
        && (char.IsLetter(text[0]) || text[0] is '_' or '@' or '#')
        && text.AsSpan().IndexOfAny(":/\\=\"[]{}<>?&") < 0
        && !Methods.Contains(text.Split(' ')[0]);
}
