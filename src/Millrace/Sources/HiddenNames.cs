namespace Millrace.Sources;

/// <summary>What is passed over unless it is named: files and folders with a leading dot, and folders such as <c>_delta_log</c>.</summary>
static class HiddenNames
{
    public static bool IsHiddenFile(string name) => name.StartsWith('.');

    public static bool IsHiddenFolder(string name) => name.StartsWith('.') || name.StartsWith('_');

    /// <summary>True where a key leads to or through something hidden behind a prefix that the user wrote. What goes on with a name that the prefix begins is not hidden by its own first letter.</summary>
    public static bool IsHidden(string key, int prefixLength) =>
        IsHidden((prefixLength > 0 && key[prefixLength - 1] != '/' ? "-" + key[prefixLength..] : key[prefixLength..]).Split('/'));

    /// <summary>True where a path of these names, folders first and a file last, leads to or through something hidden.</summary>
    public static bool IsHidden(ReadOnlySpan<string> names)
    {
        for (var i = 0; i < names.Length; i++)
        {
            if (i == names.Length - 1 ? IsHiddenFile(names[i]) : IsHiddenFolder(names[i]))
            {
                return true;
            }
        }

        return false;
    }
}
