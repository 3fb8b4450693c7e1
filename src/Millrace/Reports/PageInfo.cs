namespace Millrace.Reports;

/// <summary>What a page says about itself besides its graph.</summary>
/// <param name="Title">The page's headline.</param>
/// <param name="Since">The first moment of the range; null where the range has no beginning.</param>
/// <param name="Until">The last moment of the range; null where the range has no end.</param>
/// <param name="Source">Where the events came from, as the reader would name it.</param>
/// <param name="Totals">Further figures for the head of the page, such as lines read and rejects; requests, errors and services are there already.</param>
/// <param name="Tables">Further tables below that of the calls.</param>
public sealed record PageInfo(
    string Title,
    DateTimeOffset? Since,
    DateTimeOffset? Until,
    string Source,
    IReadOnlyList<PageTotal> Totals,
    IReadOnlyList<PageTable> Tables);

/// <summary>One figure in the head of a page.</summary>
/// <param name="Label">What it counts.</param>
/// <param name="Value">The figure, ready to be read.</param>
public sealed record PageTotal(string Label, string Value);
