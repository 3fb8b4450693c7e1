using System.Net.Mail;

namespace Millrace.Letters;

/// <summary>What became of a mail for one of its recipients.</summary>
/// <param name="Recipient">The address.</param>
/// <param name="State">How it stands.</param>
/// <param name="Detail">What the server said or what failed; empty where there is nothing to tell.</param>
public sealed record Delivery(string Recipient, DeliveryState State, string Detail)
{
    /// <summary>True where what failed may have passed in a while, so that it is tried again.</summary>
    public bool MayPass { get; init; }

    /// <summary>True where the recipient has not got the mail, and may yet.</summary>
    /// <param name="alsoRefused">True to count also one whom it was refused for.</param>
    public bool IsUnsent(bool alsoRefused) => State is DeliveryState.Pending or DeliveryState.Failed || (alsoRefused && State == DeliveryState.Refused);

    /// <summary>The same for several recipients.</summary>
    public static IReadOnlyList<Delivery> OfAll(IEnumerable<MailAddress> recipients, DeliveryState state, string detail, bool mayPass = false) =>
        [.. recipients.Select(one => new Delivery(one.Address, state, detail) { MayPass = mayPass })];
}
