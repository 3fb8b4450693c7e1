namespace Millrace.Tests.Queries.Results;

/// <summary>Random texts of what formats must quote and escape.</summary>
static class SomeText
{
    static readonly string[] Parts =
    [
        "a", "Z", "0", " ", ",", "\"", "'", "\r", "\n", "\t", "\\", "/", "=", "+", "-", "@", "<", "&", "é", "日本", "🙂", "\u0000", "\u001b", "\u2028", "\ufeff",
    ];

    public static string From(Random random) => string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => Parts[random.Next(Parts.Length)]));

    /// <summary>Null one time in eight.</summary>
    public static string? OrNull(Random random) => random.Next(8) == 0 ? null : From(random);
}
