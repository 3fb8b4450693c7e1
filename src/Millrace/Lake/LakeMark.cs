namespace Millrace.Lake;

/// <summary>How far something has been read into a lake.</summary>
/// <param name="Owner">Who reads: a source, or whoever else brings events in and names itself so that no other has the name. Not empty.</param>
/// <param name="Position">How far, as text that only the owner understands. The lake keeps it, compares it and gives it back unchanged. May be empty.</param>
sealed record LakeMark(string Owner, string Position);
