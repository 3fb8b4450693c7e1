namespace Millrace.Sources;

/// <summary>How far object files read ahead, and the memory that all of them together may take for it.</summary>
/// <param name="partBytes">How much one request fetches.</param>
/// <param name="partsPerFile">How many parts of one file are fetched at a time.</param>
/// <param name="partsInAll">How many parts may be held ahead of need over all files. The part that a reader waits for is always fetched, so nothing starves.</param>
public sealed class ReadAhead(int partBytes = 8 * 1024 * 1024, int partsPerFile = 4, int partsInAll = 16)
{
    int _free = partsInAll;

    internal int PartBytes => partBytes;

    internal int PartsPerFile => partsPerFile;

    internal bool TryTake()
    {
        if (Interlocked.Decrement(ref _free) >= 0)
        {
            return true;
        }

        Interlocked.Increment(ref _free);
        return false;
    }

    internal void Return() => Interlocked.Increment(ref _free);
}
