namespace Millrace.Mail;

/// <summary>What became of a mail.</summary>
/// <param name="HasReachedAnyone">True where at least one of those it went to got it.</param>
/// <param name="Failure">Who did not get it and why, in sentences; null where all did.</param>
public sealed record MailReceipt(bool HasReachedAnyone, string? Failure);
