using System.Diagnostics;
using Millrace.Lake.Delta;

namespace Millrace.Lake;

/// <summary>
/// Files that come in together with how far their owners have been read. Guaranteed: either all of it is in or nothing, and only if the position of each owner
/// is still the one that reading began from. Of several who have read the same, one wins, and what was read is in once, whatever crashes.
/// </summary>
/// <param name="Files">Data files that are in their places. There may be none where what was read has no event.</param>
/// <param name="Changes">The owners' steps, one an owner.</param>
sealed record LakeCommit(IReadOnlyList<LakeFile> Files, IReadOnlyList<MarkChange> Changes)
{
    /// <summary>
    /// Commits to a lake, which is made where there is none. Where some owner's position has changed, nothing is in: the files are still there, named by
    /// nothing, and the caller deletes them. Gives the newest version in either case.
    /// </summary>
    public async Task<(bool IsIn, LakeSnapshot? Snapshot)> TryAsync(LakeTable lake, CancellationToken cancellationToken)
    {
        Debug.Assert(Changes.Select(change => change.Owner).Distinct(StringComparer.Ordinal).Count() == Changes.Count, "An owner has one position.");
        var isIn = false;
        var snapshot = await lake.Log.CommitAsync(
            basis =>
            {
                isIn = Changes.All(change => basis?.Marks.PositionOf(change.Owner) == change.From);
                return isIn ? Actions(lake.Log, basis) : null;
            },
            cancellationToken).ConfigureAwait(false);
        return (isIn, snapshot);
    }

    List<DeltaAction> Actions(DeltaLog log, LakeSnapshot? basis)
    {
        var now = log.Now;
        var actions = new List<DeltaAction>();
        if (basis is null)
        {
            actions.AddRange(log.Begin(LakeSchema.Json()));
        }

        var marks = Changes.SelectMany(change => LakeMarks.Encode(new LakeMark(change.Owner, change.To)));
        actions.AddRange(marks.Select(one => new DeltaAction.Mark(one.Key, one.Value, now)));
        actions.AddRange(Files.Select(file => new DeltaAction.Add(file, ChangesData: true)));
        actions.Add(new DeltaAction.Info("WRITE", now, new Dictionary<string, string> { ["mode"] = "Append", ["sources"] = $"{Changes.Count}" }));
        return actions;
    }
}
