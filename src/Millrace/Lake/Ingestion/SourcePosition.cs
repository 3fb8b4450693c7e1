using System.Globalization;

namespace Millrace.Lake.Ingestion;

/// <summary>How far a source has been read.</summary>
/// <param name="Bytes">How many of its bytes are in.</param>
/// <param name="Lines">How many lines these are.</param>
/// <param name="Tail">The hash of the last of these bytes; null for an object, which does not grow, and where an older log does not have it.</param>
readonly record struct SourcePosition(long Bytes, long Lines, long? Tail)
{
    /// <summary>
    /// Reads what <see cref="ToString"/> writes; anything else is an <see cref="ArgumentException"/>, since it could not be given back unchanged.
    /// </summary>
    public static SourcePosition Parse(string text)
    {
        long[] numbers = [.. text.Split(' ').Select(Number)];
        var position = numbers.Length switch
        {
            2 => new SourcePosition(numbers[0], numbers[1], null),
            3 => new SourcePosition(numbers[0], numbers[1], numbers[2]),
            _ => default,
        };
        return position.ToString() == text ? position : throw new ArgumentException($"'{text}' is not the position of a source.", nameof(text));
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Bytes} {Lines}{(Tail is { } tail ? $" {tail}" : "")}");

    static long Number(string text) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
