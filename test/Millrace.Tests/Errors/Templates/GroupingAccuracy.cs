namespace Millrace.Tests.Errors.Templates;

/// <summary>
/// How well groups fit labelled ones. GA: the share of messages whose group is exactly a labelled one. FGA: the F1 score of groups, where one is right that is exactly a labelled one (Jiang et al., "A Large-Scale
/// Evaluation for Log Parsing Techniques", ISSTA 2024).
/// </summary>
sealed record GroupingAccuracy(double Ga, double Fga, int Groups, int Labelled)
{
    public static GroupingAccuracy Of(IReadOnlyList<string> groups, IReadOnlyList<string> labels)
    {
        var found = Sets(groups);
        var labelled = Sets(labels);
        var right = found.Where(labelled.Contains).ToList();
        var messages = right.Sum(set => set.Count(c => c == ' '));
        return new((double)messages / groups.Count, 2.0 * right.Count / (found.Count + labelled.Count), found.Count, labelled.Count);
    }

    // A set as text: the numbers of its messages, each with a space behind it.
    static HashSet<string> Sets(IReadOnlyList<string> names) =>
        [.. names.Select((name, i) => (name, i)).GroupBy(pair => pair.name, StringComparer.Ordinal).Select(group => string.Concat(group.Select(pair => $"{pair.i} ")))];
}
