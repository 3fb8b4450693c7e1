using Millrace.Sources;

namespace Millrace.Lake.Ingestion;

/// <summary>The entries of a snapshot, by mark and by the stem of their names.</summary>
sealed class LedgerEntries
{
    readonly Dictionary<SourceMark, LedgerEntry> _byMark = [];
    readonly Dictionary<string, List<LedgerEntry>> _byStem = new(StringComparer.Ordinal);

    public LedgerEntries(LakeSnapshot? snapshot)
    {
        foreach (var (key, bytes) in snapshot?.Marks ?? new Dictionary<string, long>())
        {
            if (SourceMark.TryParse(key, out var mark))
            {
                Add(new LedgerEntry(mark, bytes, snapshot!.Marks.GetValueOrDefault(mark.LinesKey), snapshot.Marks.TryGetValue(mark.TailKey, out var tail) ? tail : null));
            }
        }
    }

    /// <summary>The entry of just this mark.</summary>
    public LedgerEntry? Find(SourceMark mark) => _byMark.GetValueOrDefault(mark);

    /// <summary>The files that may be an earlier state of the one of a name.</summary>
    public IReadOnlyList<LedgerEntry> OfStem(string name) => _byStem.GetValueOrDefault(RotatedName.StemOf(name)) ?? [];

    /// <summary>Notes that something of a mark is being ingested.</summary>
    public void Claim(SourceMark mark)
    {
        if (Find(mark) is not { } entry)
        {
            Add(entry = new LedgerEntry(mark, 0, 0, null));
        }

        entry.IsClaimed = true;
    }

    void Add(LedgerEntry entry)
    {
        _byMark[entry.Mark] = entry;
        if (!entry.Mark.TryGetHead(out _, out _))
        {
            return;
        }

        var stem = RotatedName.StemOf(entry.Mark.Name);
        if (!_byStem.TryGetValue(stem, out var entries))
        {
            _byStem[stem] = entries = [];
        }

        entries.Add(entry);
    }
}
