namespace Millrace.Reports;

/// <summary>Parts of a whole.</summary>
static class Shares
{
    /// <summary>0 of nothing is 0; an unknown part has no share.</summary>
    public static double? Of(long? part, long whole) =>
        part is not { } known ? null : whole <= 0 ? 0 : Math.Clamp(known / (double)whole, 0, 1);
}
