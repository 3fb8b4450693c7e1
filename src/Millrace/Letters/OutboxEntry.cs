namespace Millrace.Letters;

/// <summary>A letter of the outbox.</summary>
/// <param name="Id">Its number.</param>
/// <param name="MessageId">Its identity for mail servers.</param>
/// <param name="Reason">Why it was sent.</param>
/// <param name="Subject">Its subject.</param>
/// <param name="Written">When it was recorded, before it was sent.</param>
/// <param name="Deliveries">How it stands for each recipient.</param>
public sealed record OutboxEntry(long Id, string MessageId, string Reason, string Subject, DateTimeOffset Written, IReadOnlyList<Delivery> Deliveries)
{
    /// <summary>True where at least one of its recipients got it.</summary>
    public bool HasReachedAnyone => Deliveries.Any(one => one.State == DeliveryState.Sent);

    /// <summary>True where somebody has not got it, who may yet.</summary>
    /// <param name="alsoRefused">True to count also those whom it was refused for.</param>
    public bool IsUnsent(bool alsoRefused) => Deliveries.Any(one => one.IsUnsent(alsoRefused));
}
