namespace Millrace.Lake;

/// <summary>Values as names of folders, as Hive writes them.</summary>
static class HiveFolder
{
    /// <summary>What stands for no value.</summary>
    public const string NoValue = "__HIVE_DEFAULT_PARTITION__";

    /// <summary>What stands for several services that have no folder of their own.</summary>
    public const string Several = "__other__";

    /// <summary>The name: whatever could be read as something else is percent-encoded.</summary>
    public static string NameOf(string? value) => string.IsNullOrEmpty(value) ? NoValue
        : value is "." or ".." ? value.Replace(".", "%2E", StringComparison.Ordinal)
        : Uri.EscapeDataString(value);
}
