namespace Millrace.Letters;

/// <summary>What became of a mail that was sent just now.</summary>
/// <param name="Sent">Who got it.</param>
/// <param name="Failure">Who did not get it and why, in sentences; null where all did.</param>
public sealed record MailReceipt(IReadOnlyList<string> Sent, string? Failure)
{
    /// <summary>True where at least one of those it went to got it.</summary>
    public bool HasReachedAnyone => Sent.Count > 0;
}
