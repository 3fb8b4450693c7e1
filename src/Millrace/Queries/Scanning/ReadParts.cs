using System.Runtime.InteropServices;

namespace Millrace.Queries.Scanning;

/// <summary>
/// Which parts of which files were read in a session, and in what way, so that what a second scan of the same file meets is not counted a second time. Safe for
/// several threads.
/// </summary>
sealed class ReadParts
{
    readonly Dictionary<(string File, long LinesBefore, string Format, string? Layout), List<(long Start, long End)>> _parts = [];

    /// <summary>Notes a part as read. Returns what of it had been read before: stretches in rising order, mostly none.</summary>
    /// <param name="file">The file and how it is read.</param>
    /// <param name="start">The (decompressed) offset of its first byte.</param>
    /// <param name="end">The offset behind its last byte.</param>
    public IReadOnlyList<(long Start, long End)> Add(PlannedFile file, long start, long end)
    {
        if (start >= end)
        {
            return [];
        }

        lock (_parts)
        {
            var key = (file.File.Name, file.File.LinesBefore, file.Binding.Format, file.Layout);
            if (!_parts.TryGetValue(key, out var parts))
            {
                _parts.Add(key, parts = []);
            }

            return Merge(parts, start, end);
        }
    }

    // The parts are in rising order and do not touch. Blocks come nearly in order, so the search begins at the end.
    static IReadOnlyList<(long Start, long End)> Merge(List<(long Start, long End)> parts, long start, long end)
    {
        var after = parts.Count;
        while (after > 0 && parts[after - 1].Start > end)
        {
            after--;
        }

        var first = after;
        while (first > 0 && parts[first - 1].End >= start)
        {
            first--;
        }

        if (first == after)
        {
            parts.Insert(first, (start, end));
            return [];
        }

        // Nothing is allocated for a block that none has read, since there is one every few hundred microseconds.
        var touched = CollectionsMarshal.AsSpan(parts)[first..after];
        var whole = (Math.Min(start, touched[0].Start), Math.Max(end, touched[^1].End));
        IReadOnlyList<(long Start, long End)> before = Overlap(touched, start, end) ? touched.ToArray() : [];
        parts[first] = whole;
        parts.RemoveRange(first + 1, after - first - 1);
        return before;
    }

    static bool Overlap(ReadOnlySpan<(long Start, long End)> parts, long start, long end)
    {
        foreach (var part in parts)
        {
            if (part.Start < end && part.End > start)
            {
                return true;
            }
        }

        return false;
    }
}
