using Millrace.Generation.Output;
using Millrace.Sources;

namespace Millrace.Generation;

/// <summary>
/// Where generated logs go. A name that ends in <c>.gz</c> is compressed. Files and objects appear whole, when they are complete; a run
/// that fails or is cancelled leaves none of its unfinished ones behind.
/// </summary>
public abstract class GenerationOutput
{
    /// <summary>True for a directory or a key prefix, which can take any number of files; false where there is one file only.</summary>
    public abstract bool TakesManyFiles { get; }

    /// <summary>What a message calls this place.</summary>
    internal abstract string Name { get; }

    /// <summary>Everything into one stream, such as standard output, which stays open. Its IO errors are let through as they are.</summary>
    public static GenerationOutput ToStream(Stream stream) => new StreamOutput(stream);

    /// <summary>One local file; missing directories are made.</summary>
    public static GenerationOutput ToFile(string path) => new LocalOutput(path, isDirectory: false);

    /// <summary>A local directory, made where it is missing. Files of the same names are replaced, others are left alone.</summary>
    public static GenerationOutput ToDirectory(string path) => new LocalOutput(path, isDirectory: true);

    /// <summary>
    /// Objects of a store: several under the key when it is empty or ends in <c>/</c>, else one of that very key. Each is gathered in a temporary
    /// file and stored when it is complete.
    /// </summary>
    public static GenerationOutput ToObjects(IObjectStore store, string bucket, string key) => new ObjectOutput(store, bucket, key);

    /// <summary>Begins a file. A place for one file ignores the name and must be asked once.</summary>
    internal abstract GeneratedFile Open(string name);
}
