using System.Collections.Concurrent;
using Millrace.Queries.Scanning;

namespace Millrace.Tests.Queries;

/// <summary>Keeps where the rejects stand that it is given.</summary>
sealed class KeptRejects : IRejectWriter
{
    public ConcurrentBag<long> Offsets { get; } = [];

    public void Write(Reject reject, ReadOnlySpan<byte> line) => Offsets.Add(reject.Offset);
}
