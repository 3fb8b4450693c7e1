namespace Millrace.Parsing.Names;

/// <summary>What the usual name of a field means.</summary>
/// <param name="Field">What it stands for.</param>
/// <param name="Rank">Its place among the names of that field: of several in one line, the lowest wins.</param>
/// <param name="Unit">The unit of a duration of that name.</param>
readonly record struct FieldName(NamedField Field, int Rank, DurationUnit Unit = DurationUnit.Milliseconds);
