namespace Millrace.Parsing;

/// <summary>A field that no raw file holds, but its parts: their sum, NULL where one of them is.</summary>
/// <param name="Field">The number of the field in <see cref="FormatBinding.Fields"/>.</param>
/// <param name="Parts">The numbers of the fields that are added.</param>
public sealed record RawSum(int Field, IReadOnlyList<int> Parts);
