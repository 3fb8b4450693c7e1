namespace Millrace.Tests.Parsing.Cef;

/// <summary>Reads the extension of a CEF line character by character, as its rules say it.</summary>
static class SlowCefReader
{
    const string NotInKeys = "\\|/?&:;,'\"(){}<>";

    /// <summary>The keys and the values as they are written; null for what is no extension.</summary>
    public static List<(string Key, string Value)>? Read(string text)
    {
        text = text.TrimStart(' ');
        var all = new List<(string Key, string Value)>();
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        var key = equals > 0 ? text[..equals] : "";
        if (text.Length == 0)
        {
            return all;
        }

        if (key.Length == 0 || key.Contains(' ', StringComparison.Ordinal))
        {
            return null;
        }

        while (true)
        {
            if (all.Exists(pair => pair.Key == key))
            {
                return null;
            }

            text = text[(key.Length + 1)..];
            var (end, next) = FindNext(text);
            all.Add((key, text[..end].TrimEnd(' ')));
            if (next.Length == 0)
            {
                return end == text.Length ? all : null;
            }

            (key, text) = (next, text[(end + 1)..]);
        }
    }

    /// <summary>Where the space before the next key stands, and the key; the text's end where there is none.</summary>
    static (int End, string Key) FindNext(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '=' && !IsEscaped(text, i))
            {
                var space = i - 1;
                while (space >= 0 && (text[space] != ' ' || IsEscaped(text, space)))
                {
                    space--;
                }

                if (space >= 0 && !text[(space + 1)..i].Any(NotInKeys.Contains))
                {
                    return (space, text[(space + 1)..i]);
                }
            }
        }

        return (text.Length, "");
    }

    static bool IsEscaped(string text, int at) => at > 0 && text[at - 1] == '\\' && !IsEscaped(text, at - 1);
}
