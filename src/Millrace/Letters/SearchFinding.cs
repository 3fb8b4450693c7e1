namespace Millrace.Letters;

/// <summary>What a search found. Whoever searches keeps some thousands of hits at most, and counts them all.</summary>
/// <param name="Terms">The texts that were searched for, for the subject; empty where only conditions were.</param>
/// <param name="Question">The whole question in words, with its conditions.</param>
/// <param name="Since">Where its range begins; null where it has no beginning.</param>
/// <param name="Until">Where it ends; null where it has no end.</param>
/// <param name="FirstHits">The first hits, in the order in which they are shown.</param>
/// <param name="Hits">How many there are.</param>
public sealed record SearchFinding(
    IReadOnlyList<string> Terms, string Question, DateTimeOffset? Since, DateTimeOffset? Until, IReadOnlyList<FoundHit> FirstHits, long Hits);
