namespace Millrace.Letters;

/// <summary>How a mail stands for one of its recipients.</summary>
public enum DeliveryState
{
    /// <summary>It is recorded, and not known to have been taken.</summary>
    Pending,

    /// <summary>The server took it.</summary>
    Sent,

    /// <summary>The server will not take it for this address, now or later.</summary>
    Refused,

    /// <summary>It could not be handed over; sending it later may work.</summary>
    Failed,
}
