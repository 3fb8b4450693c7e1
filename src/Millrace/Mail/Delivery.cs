namespace Millrace.Mail;

/// <summary>What became of a mail for one of its recipients.</summary>
/// <param name="Recipient">The address.</param>
/// <param name="State">How it stands.</param>
/// <param name="Detail">What the server said or what failed; empty where there is nothing to tell.</param>
public sealed record Delivery(string Recipient, DeliveryState State, string Detail);
