namespace Millrace.Lake.Retention;

/// <summary>What a rule does to a lake.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Files">How many data files it touches.</param>
/// <param name="Events">How many events it deletes, takes columns from, or moves.</param>
/// <param name="Bytes">How many bytes it frees or moves; of events that stand in a file with others, their share of it.</param>
public sealed record RetentionEffect(RetentionRule Rule, int Files, long Events, long Bytes);
