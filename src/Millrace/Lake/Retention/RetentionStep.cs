namespace Millrace.Lake.Retention;

/// <summary>What rules say of one file.</summary>
/// <param name="File">The file.</param>
/// <param name="Rules">The rules that are due and may be for some of its events.</param>
sealed record RetentionStep(LakeFile File, IReadOnlyList<RetentionRule> Rules)
{
    /// <summary>The tag of a file that rules were applied to already.</summary>
    const string Tag = "millrace.retained";

    /// <summary>The rule by which the whole file goes; null where none says so.</summary>
    public RetentionRule? Deletion => Rules.FirstOrDefault(rule => rule.Deletes && rule.Covers(File) == true);

    /// <summary>The rule by which the file moves; null where none says so, or it goes.</summary>
    public RetentionRule? Move => Deletion is null ? Rules.FirstOrDefault(rule => rule.MoveTo is not null) : null;

    /// <summary>The rules by which the file is written anew; those that were applied before are left out.</summary>
    public IReadOnlyList<RetentionRule> Rewriting => Deletion is not null ? [] : [.. Rules.Where(rule => rule.MoveTo is null && !Applied.Contains(KeyOf(rule)))];

    /// <summary>What the tags of the file become once they are applied.</summary>
    public IReadOnlyDictionary<string, string> Tags => new Dictionary<string, string>(File.Tags) { [Tag] = string.Join('\n', Applied.Union(Rewriting.Select(KeyOf)).Order(StringComparer.Ordinal)) };

    IReadOnlyList<string> Applied => File.Tags.TryGetValue(Tag, out var applied) ? applied.Split('\n') : [];

    /// <summary>The steps that are due.</summary>
    public static IReadOnlyList<RetentionStep> Of(LakeSnapshot snapshot, IReadOnlyList<RetentionRule> rules, DateTimeOffset now) =>
    [
        .. snapshot.Files.Values.OrderBy(file => file.Path, StringComparer.Ordinal)
            .Select(file => new RetentionStep(file, [.. rules.Where(rule => file.Day is { } day && rule.IsDue(day, now) && rule.Covers(file) != false)]))
            .Where(step => step.Deletion is not null || step.Move is not null || step.Rewriting.Count > 0),
    ];

    static string KeyOf(RetentionRule rule) => $"{rule.Action} {rule.Service} {string.Join(',', rule.DropColumns)}";
}
