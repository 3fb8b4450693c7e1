using Millrace.Lake.Ingestion;

namespace Millrace.Lake.Upkeep;

/// <summary>What a lake holds, as its log says it: no data file is looked at.</summary>
/// <param name="Version">The newest version.</param>
/// <param name="Committed">When it was committed.</param>
/// <param name="Files">How many data files there are.</param>
/// <param name="Bytes">Their size.</param>
/// <param name="Events">Their events.</param>
/// <param name="Days">How many days they are of.</param>
/// <param name="Sources">How many sources were ingested.</param>
/// <param name="First">The earliest timestamp.</param>
/// <param name="Last">The latest timestamp.</param>
/// <param name="SmallFiles">Files that a compaction would put together: those below half of its target that are not alone in their folder.</param>
/// <param name="Removed">Files that are no longer part of the lake and that a vacuum has not deleted.</param>
public sealed record LakeStatus(
    long Version, DateTimeOffset Committed, int Files, long Bytes, long Events, int Days, int Sources, DateTimeOffset? First, DateTimeOffset? Last, int SmallFiles, int Removed)
{
    /// <summary>The status of a version.</summary>
    public static LakeStatus Of(LakeSnapshot snapshot)
    {
        var files = snapshot.Files.Values;
        return new LakeStatus(
            snapshot.Version,
            snapshot.Committed,
            snapshot.Files.Count,
            files.Sum(file => file.Bytes),
            files.Sum(file => file.Events),
            files.Select(file => file.Day).Distinct().Count(),
            snapshot.Marks.Transactions.Keys.Count(key => SourceMark.TryParse(key, out _)),
            files.Min(file => file.First),
            files.Max(file => file.Last),
            LakeCompaction.Groups(snapshot, LakeCompaction.TargetBytes).Sum(group => group.Count),
            snapshot.Removed.Count);
    }
}
