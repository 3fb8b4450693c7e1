using Millrace.Sources;

namespace Millrace.Lake.Ingestion;

/// <summary>The entries of a snapshot, by mark and by the stem of their names.</summary>
sealed class LedgerEntries
{
    readonly Dictionary<SourceMark, LedgerEntry> _byMark = [];
    readonly Dictionary<string, List<LedgerEntry>> _byStem = new(StringComparer.Ordinal);

    public LedgerEntries(LakeSnapshot? snapshot)
    {
        if (snapshot?.Marks.Transactions is not { } transactions)
        {
            return;
        }

        foreach (var id in transactions.Keys)
        {
            if (SourceMark.TryParse(id, out var mark) && mark.PositionIn(transactions) is { } position)
            {
                Add(new LedgerEntry(mark, position));
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
            Add(entry = new LedgerEntry(mark, default));
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
