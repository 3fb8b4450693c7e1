namespace Millrace.Errors.Store;

/// <summary>The order of kinds by their age.</summary>
public static class ErrorKindOrder
{
    /// <summary>The oldest first; those that came in together by group and id.</summary>
    public static IComparer<ErrorKind> OldestFirst { get; } = Comparer<ErrorKind>.Create(static (one, other) =>
    {
        var order = one.Added.CompareTo(other.Added);
        order = order != 0 ? order : string.CompareOrdinal(one.Group, other.Group);
        return order != 0 ? order : string.CompareOrdinal(one.Id, other.Id);
    });
}
