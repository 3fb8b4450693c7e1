using Millrace.Lake.Delta;
using Millrace.Lake.Ingestion;

namespace Millrace.Lake;

/// <summary>
/// How far each owner has been read, as of one version of a lake. Positions are decoded when they are asked for, since a lake may have very many.
/// </summary>
public sealed class LakeMarks
{
    readonly string _lake;

    internal LakeMarks(IReadOnlyDictionary<string, long> transactions, string lake) => (Transactions, _lake) = (transactions, lake);

    /// <summary>Delta's transaction identifiers, of which a mark takes several.</summary>
    internal IReadOnlyDictionary<string, long> Transactions { get; }

    /// <summary>How far an owner has been read; null where nothing of it was. Throws a <see cref="UserException"/> where the log is damaged.</summary>
    public string? PositionOf(string owner) => SourceMark.TryParseOwner(owner, out var source)
        ? source.PositionIn(Transactions)?.ToString()
        : MarkChunks.Read(Transactions, owner, _lake);

    /// <summary>The owners whose names begin with a prefix, in no order.</summary>
    public IEnumerable<string> Owners(string prefix) => Transactions.Keys
        .Select(id => MarkChunks.OwnerOf(id) ?? SourceMark.OwnerOf(id))
        .OfType<string>()
        .Where(owner => owner.StartsWith(prefix, StringComparison.Ordinal));

    /// <summary>A mark as transaction identifiers. All of them belong into one commit.</summary>
    internal static IEnumerable<KeyValuePair<string, long>> Encode(LakeMark mark) => SourceMark.TryParseOwner(mark.Owner, out var source)
        ? source.Encode(SourcePosition.Parse(mark.Position))
        : MarkChunks.Write(mark);
}
