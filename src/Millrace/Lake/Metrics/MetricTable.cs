using Millrace.Lake.Delta;

namespace Millrace.Lake.Metrics;

/// <summary>
/// The windows of metrics as a Delta table of their own, for other engines. Which files belong to it is decided by the commits of the events, and this log follows them: a process that dies in between leaves it behind
/// by what the next one makes good.
/// </summary>
/// <param name="storage">The lake.</param>
/// <param name="clock">Stamps commits.</param>
sealed class MetricTable(ILakeStorage storage, TimeProvider clock)
{
    /// <summary>The mark that says which version of the events the table follows.</summary>
    const string Followed = "millrace.events";

    readonly DeltaLog _log = new(storage, MetricWindows.Folder, ["metricName", "componentName"], clock);

    /// <summary>The newest version; null where there are no metrics.</summary>
    public Task<LakeSnapshot?> TryReadAsync(CancellationToken cancellationToken) => _log.ReadAsync(null, cancellationToken);

    /// <summary>Makes the table what a version of the events says. Does nothing where it follows that one already, or a newer one.</summary>
    public async Task FollowAsync(LakeSnapshot events, CancellationToken cancellationToken)
    {
        var wanted = events.Files.Values.SelectMany(MetricWindows.Of).ToDictionary(file => file.Path, StringComparer.Ordinal);
        await _log.CommitAsync(
            basis =>
            {
                if (basis?.Marks.Transactions.GetValueOrDefault(Followed, -1) >= events.Version)
                {
                    return null;
                }

                MetricFile[] added = [.. wanted.Values.Where(file => basis?.Files.ContainsKey(file.Path) is not true).OrderBy(file => file.Path, StringComparer.Ordinal)];
                LakeFile[] removed = [.. (basis?.Files.Values ?? []).Where(file => !wanted.ContainsKey(file.Path))];
                return added.Length + removed.Length == 0 ? null : Actions(basis, added, removed, events.Version);
            },
            cancellationToken).ConfigureAwait(false);
    }

    List<DeltaAction> Actions(LakeSnapshot? basis, MetricFile[] added, LakeFile[] removed, long version)
    {
        var now = _log.Now;
        var actions = new List<DeltaAction>();
        if (basis is null)
        {
            actions.AddRange(_log.Begin(Schema()));
        }

        actions.Add(new DeltaAction.Mark(Followed, version, now));
        actions.AddRange(removed.Select(file => new DeltaAction.Remove(file, now, ChangesData: true)));
        actions.AddRange(added.Select(file => new DeltaAction.Add(
            new LakeFile(file.Path, null, file.Bytes, now)
            {
                Events = file.Windows,
                Parts = new Dictionary<string, string?> { ["metricName"] = file.Metric, ["componentName"] = file.Component },
            },
            ChangesData: true)));
        actions.Add(new DeltaAction.Info("WRITE", now, new Dictionary<string, string> { ["mode"] = "Append" }));
        return actions;
    }

    static string Schema() => DeltaSchema.Json(MetricWindows.Schema.Select(column => (column.Name, column.Type switch
    {
        "VARCHAR" => "string",
        "BIGINT" => "long",
        var type => type.ToLowerInvariant(),
    })));
}
