namespace Millrace.Generation.Traffic;

/// <summary>One request to a service.</summary>
struct Call
{
    public const int People = -1;
    public const int NoFailure = -1;

    /// <summary>The endpoint called.</summary>
    public CallEndpoint Endpoint;

    /// <summary>The number of the calling service, or <see cref="People"/>.</summary>
    public int Caller;

    /// <summary>The person at the beginning of the request.</summary>
    public int Client;

    /// <summary>The number of the id in the path.</summary>
    public int Id;

    public long StartMicros;
    public long DurationMicros;
    public int Status;
    public int Bytes;

    /// <summary>Which failure it was, or <see cref="NoFailure"/>.</summary>
    public int Failure;

    public ulong TraceHigh;
    public ulong TraceLow;

    /// <summary>Random bits for what does not matter elsewhere: host, thread, numbers in messages.</summary>
    public ulong Dice;
}
