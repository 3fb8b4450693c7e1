namespace Millrace.Queries.Scanning;

/// <summary>Takes every reject of a scan as it is found, from several threads, in no order: a <c>--rejects</c> file or a test's list.</summary>
public interface IRejectWriter
{
    /// <summary>Takes one reject with its bytes as they stand in the file, which are of use only during the call. May block; must not lose it.</summary>
    void Write(Reject reject, ReadOnlySpan<byte> line);
}
