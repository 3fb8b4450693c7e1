namespace Millrace.Reports;

/// <summary>One metric of a service over the range of a report.</summary>
/// <param name="Name">Such as <c>cpu</c>.</param>
/// <param name="Unit">As the service reported it; null where it named none.</param>
/// <param name="Min">The smallest value.</param>
/// <param name="Max">The largest value.</param>
/// <param name="Avg">The average; null where only the extremes of windows are known.</param>
/// <param name="Count">How many values.</param>
public sealed record NodeMetric(string Name, string? Unit, double Min, double Max, double? Avg, long Count);
