namespace Millrace.Sources;

/// <summary>One file, object or pipe that lines can be read from. Holds no open handle until something is read.</summary>
public abstract class LogFile
{
    /// <summary>The path as the user would write it: what the <c>file</c> column and messages show.</summary>
    public abstract string Name { get; }

    /// <summary>By what the file is known again in a later run, wherever that is started: its whole path, or its address.</summary>
    public virtual string Identity => Name;

    /// <summary>True where more may be written to the file, so that its last line counts only once it has its line break.</summary>
    public bool IsGrowing { get; init; }

    /// <summary>The stored size in bytes; null where it is not known before the end, as for a pipe.</summary>
    public abstract long? Length { get; }

    /// <summary>True where the user named this very file; false where it was found by a glob, in a directory or under a prefix.</summary>
    public bool IsNamed { get; init; }

    /// <summary>The store's name for this very content, such as an ETag; null where there is none.</summary>
    public virtual string? ContentTag => null;

    /// <summary>How many lines stand before the first one, where this is the later part of a file.</summary>
    public virtual long LinesBefore => 0;

    /// <summary>
    /// Opens the stored bytes for reading. The result must be disposed. Throws a <see cref="UserException"/> where the file cannot be
    /// opened, and lets an <see cref="OperationCanceledException"/> out of a wait when the token is cancelled.
    /// </summary>
    public abstract LogReader Open(CancellationToken cancellationToken);

    /// <summary>
    /// The first decompressed bytes. Reading the file afterwards gives them again, from a pipe too. Damaged data gives what could be read.
    /// </summary>
    public FileHead ReadHead(int length, CancellationToken cancellationToken) => ReadHead(new byte[length], cancellationToken);

    /// <summary>The same, as many as a buffer holds, which is of use again once the head is not.</summary>
    public virtual FileHead ReadHead(byte[] buffer, CancellationToken cancellationToken)
    {
        using var reader = Open(cancellationToken);
        return FileHead.Read(reader.OpenStream(), buffer);
    }
}
