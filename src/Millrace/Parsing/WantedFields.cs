namespace Millrace.Parsing;

/// <summary>The fields of a line that someone will look at.</summary>
/// <param name="Numbers">Their numbers in <see cref="FormatBinding.Fields"/>.</param>
/// <param name="Attributes">Whether the attributes are looked at.</param>
public sealed record WantedFields(IReadOnlySet<int> Numbers, bool Attributes);
