namespace Millrace.Queries.Conditions;

/// <summary>A value of a condition.</summary>
/// <param name="Text">What it says, without its quotes.</param>
/// <param name="IsQuoted">True where it stood in quotes, and means nothing but its text.</param>
/// <param name="Start">Where it begins in the condition.</param>
/// <param name="Length">How long it is there.</param>
readonly record struct ConditionItem(string Text, bool IsQuoted, int Start, int Length);
