using Millrace.Errors;
using Millrace.Reports;

namespace Millrace.App.Runs;

/// <summary>Groups of errors in the order of one of their columns. Ties stay in the order of the digest.</summary>
static class DigestOrder
{
    static readonly Dictionary<string, (Func<ErrorGroup, IComparable?> Of, bool IsDescending)> Columns = new()
    {
        ["count"] = (group => group.Count, true),
        ["share"] = (group => group.Share, true),
        ["expected"] = (group => group.Expected, true),
        ["firstSeen"] = (group => group.FirstSeen, true),
        ["lastSeen"] = (group => group.LastSeen, true),
        ["state"] = (group => (int)group.State, false),
        ["type"] = (group => group.Type, false),
        ["template"] = (group => group.Template, false),
        ["name"] = (group => group.Name, false),
        ["group"] = (group => group.Id, false),
    };

    /// <summary>Sorts. Groups without a value come last.</summary>
    public static IReadOnlyList<ErrorGroup> Sort(IReadOnlyList<ErrorGroup> groups, string sort)
    {
        var order = SortOrder.Parse(sort);
        if (!Columns.TryGetValue(order.Column, out var column))
        {
            throw order.Unknown(Columns.Keys);
        }

        var withValue = groups.OrderBy(group => column.Of(group) is null);
        return [.. order.IsDescending ?? column.IsDescending ? withValue.ThenByDescending(column.Of, Ordinal) : withValue.ThenBy(column.Of, Ordinal)];
    }

    static readonly Comparer<IComparable?> Ordinal = Comparer<IComparable?>.Create((one, other) =>
        one is string text ? string.CompareOrdinal(text, other as string) : Comparer<IComparable?>.Default.Compare(one, other));
}
