namespace Millrace.Tests.Parsing.Logfmt;

/// <summary>Reads logfmt character by character, as its rules say it.</summary>
static class SlowLogfmtReader
{
    /// <summary>The names and values of a line, of equal names the last; a value as it is written, without its quotes, null behind a name alone. Null for a line that is no logfmt.</summary>
    public static List<(string Name, string? Value)>? Read(string line)
    {
        var all = new List<(string Name, string? Value)>();
        var at = 0;
        while (true)
        {
            while (at < line.Length && IsSpace(line[at]))
            {
                at++;
            }

            if (at == line.Length)
            {
                return IsLogfmt(all) ? [.. all.Where((pair, index) => all.FindLastIndex(other => other.Name == pair.Name) == index)] : null;
            }

            if (ReadPair(line, ref at) is not { } pair)
            {
                return null;
            }

            all.Add(pair);
        }
    }

    static bool IsLogfmt(List<(string Name, string? Value)> all) =>
        all.Count == 0 || (all[0].Value is not null && all.Count(pair => pair.Value is null) <= all.Count(pair => pair.Value is not null));

    static (string Name, string? Value)? ReadPair(string line, ref int at)
    {
        var name = "";
        while (at < line.Length && line[at] != '=' && !IsSpace(line[at]))
        {
            if (line[at] is '"' or < '!' or > '~')
            {
                return null;
            }

            name += line[at++];
        }

        if (at == line.Length || line[at] != '=')
        {
            return (name, null);
        }

        at++;
        return name.Length > 0 && ReadValue(line, ref at) is { } value ? (name, value) : null;
    }

    static string? ReadValue(string line, ref int at)
    {
        var value = "";
        if (at == line.Length || line[at] != '"')
        {
            while (at < line.Length && !IsSpace(line[at]))
            {
                value += line[at++];
            }

            return value;
        }

        for (at++; at < line.Length && line[at] != '"'; at++)
        {
            value += line[at];
            if (line[at] == '\\' && at + 1 < line.Length)
            {
                value += line[++at];
            }
        }

        var isClosed = at < line.Length;
        at++;
        return isClosed && (at == line.Length || IsSpace(line[at])) ? value : null;
    }

    static bool IsSpace(char c) => c is ' ' or '\t';
}
