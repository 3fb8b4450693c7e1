namespace Millrace.Lake;

/// <summary>A step of an owner.</summary>
/// <param name="Owner">The owner of the mark.</param>
/// <param name="From">The position that reading began from; null where nothing had been read.</param>
/// <param name="To">The position after what was read.</param>
sealed record MarkChange(string Owner, string? From, string To);
