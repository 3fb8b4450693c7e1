namespace Millrace.Sources;

/// <summary>Finds what someone who mistyped a name may have meant.</summary>
public static class SimilarNames
{
    const int MaxEdits = 2;

    /// <summary>The candidate that differs by the fewest edits, at most two and fewer than the name has letters; null where there is none.</summary>
    public static string? Find(string name, IEnumerable<string> candidates) => candidates
        .Select(candidate => (candidate, edits: CountEdits(name, candidate)))
        .Where(pair => pair.edits <= Math.Min(MaxEdits, name.Length - 1))
        .OrderBy(pair => pair.edits).ThenBy(pair => pair.candidate, StringComparer.Ordinal)
        .Select(pair => pair.candidate)
        .FirstOrDefault();

    static int CountEdits(string name, string candidate)
    {
        if (Math.Abs(name.Length - candidate.Length) > MaxEdits)
        {
            return int.MaxValue;
        }

        var row = Enumerable.Range(0, candidate.Length + 1).ToArray();
        for (var i = 0; i < name.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i + 1;
            for (var j = 0; j < candidate.Length; j++)
            {
                var replaced = diagonal + (char.ToUpperInvariant(name[i]) == char.ToUpperInvariant(candidate[j]) ? 0 : 1);
                diagonal = row[j + 1];
                row[j + 1] = Math.Min(replaced, Math.Min(row[j], diagonal) + 1);
            }
        }

        return row[^1];
    }
}
