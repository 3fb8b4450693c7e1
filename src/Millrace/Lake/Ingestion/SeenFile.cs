using Millrace.Sources;

namespace Millrace.Lake.Ingestion;

/// <summary>A file as it was seen before it was read. A rotation may put another in its place meanwhile, or cut it short, and what was read then is not what was seen.</summary>
/// <param name="File">The file.</param>
/// <param name="Length">How many stored bytes were to be read, from the beginning.</param>
/// <param name="Head">The hash of its beginning.</param>
/// <param name="Tail">The hash of the last of these bytes.</param>
sealed record SeenFile(LogFile File, long Length, string Head, long Tail)
{
    /// <summary>Looks at an open file.</summary>
    public static SeenFile Of(LogFile file, LogReader reader, long length) => new(file, length, Fingerprint.Head(reader, HeadOf(length)), Fingerprint.Tail(reader, length));

    /// <summary>How much of the beginning of a file of this length counts.</summary>
    public static int HeadOf(long length) => (int)Math.Min(Fingerprint.HeadLength, length);

    /// <summary>Throws a <see cref="UserException"/> where the file of that name is another one now.</summary>
    public void Verify(CancellationToken cancellationToken)
    {
        using var reader = File.Open(cancellationToken);
        if (Of(File, reader, Length) != this)
        {
            throw new UserException($"'{File.Name}' was replaced or cut short while it was read; nothing of it was ingested. Run again.");
        }
    }
}
