using Millrace.Errors.Templates;

namespace Millrace.Errors.Store;

/// <summary>Takes extracts into a store, and says of kinds that are seen for the first time which group they belong to. Serves one thread.</summary>
/// <param name="store">The store.</param>
/// <param name="clock">Says when a kind came in.</param>
public sealed class ErrorIntake(IErrorStore store, TimeProvider clock)
{
    readonly Dictionary<string, ErrorKind> _known = new(StringComparer.Ordinal);

    /// <summary>The store.</summary>
    public IErrorStore Store => store;

    /// <summary>Takes what a source says, as <see cref="IErrorStore.AddAsync"/> does. Returns false where it was in already.</summary>
    public async Task<bool> AddAsync(ErrorExtract extract, CancellationToken cancellationToken)
    {
        var isNew = extract.Kinds.Any(kind => !_known.ContainsKey(kind.Id));
        if (isNew)
        {
            // Another process may have brought some in since.
            foreach (var kind in await store.ReadKindsAsync(cancellationToken).ConfigureAwait(false))
            {
                _known[kind.Id] = kind;
            }
        }

        var kinds = isNew ? Grouped(extract.Kinds) : [.. extract.Kinds.Select(kind => _known[kind.Id])];
        var added = await store.AddAsync(extract with { Kinds = kinds }, cancellationToken).ConfigureAwait(false);
        foreach (var kind in kinds)
        {
            _known.TryAdd(kind.Id, kind);
        }

        return added;
    }

    /// <summary>Kinds with their groups: that of the oldest known one of which the message and the trace are alike, or a new one.</summary>
    IReadOnlyList<ErrorKind> Grouped(IReadOnlyList<ErrorKind> kinds)
    {
        var now = clock.GetUtcNow();
        var all = _known.Values.Order(ErrorKindOrder.OldestFirst).Concat(kinds.Where(kind => !_known.ContainsKey(kind.Id)).Select(kind => kind with { Added = now })).ToList();
        var templates = TemplateMiner.Merge([.. all.Select(kind => kind.Words)]);
        var groups = new Dictionary<(string Template, string Trace), string>();
        var grouped = new Dictionary<string, ErrorKind>(StringComparer.Ordinal);
        foreach (var (kind, template) in all.Zip(templates))
        {
            var key = (template, kind.Trace.Key);
            if (!groups.TryGetValue(key, out var group))
            {
                groups.Add(key, group = kind.Group.Length > 0 ? kind.Group : kind.Trace.GroupWith(template));
            }

            grouped[kind.Id] = kind.Group.Length > 0 ? kind : kind with { Group = group };
        }

        return [.. kinds.Select(kind => grouped[kind.Id])];
    }
}
