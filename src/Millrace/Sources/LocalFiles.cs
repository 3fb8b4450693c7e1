namespace Millrace.Sources;

/// <summary>Finds the files on local disks that a path, a glob or a directory stands for.</summary>
static class LocalFiles
{
    static readonly EnumerationOptions EveryEntry = new() { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false };

    public static IEnumerable<FoundFile> Find(string source)
    {
        // A path that exists is that path, whatever wildcards its name holds.
        if (File.Exists(source))
        {
            return [ToFile(source, isNamed: true, Path.GetFileName(source).Length is var length ? source.Length - length : 0)];
        }

        if (Directory.Exists(source))
        {
            return Walk(source, source.Length);
        }

        if (!GlobPattern.IsGlob(source))
        {
            throw Missing(source);
        }

        var found = GlobPattern.Parse(source).SelectMany(pattern => Expand(pattern, pattern.Root, 0)).ToList();
        return found.Count > 0 ? found : throw new UserException($"No file matches '{source}'.");
    }

    static IEnumerable<FoundFile> Expand(GlobPattern pattern, string folder, int position)
    {
        if (position == pattern.Segments.Count || (pattern.Segments[position].IsDeep && position == pattern.Segments.Count - 1))
        {
            return Walk(folder, pattern.Prefix.Length);
        }

        var segment = pattern.Segments[position];
        var isLast = position == pattern.Segments.Count - 1;
        var entries = Directory.Exists(AsPath(folder)) ? Entries(folder) : [];
        return segment.IsDeep
            ? Expand(pattern, folder, position + 1).Concat(entries.Where(IsVisibleFolder).SelectMany(entry => Expand(pattern, Join(folder, entry), position)))
            : entries.Where(entry => segment.IsMatch(entry.Name)).SelectMany(entry => IsFolder(entry)
                ? Expand(pattern, Join(folder, entry), position + 1)
                : isLast && LeadsToFile(entry) ? [ToFile(Join(folder, entry), isNamed: false, pattern.Prefix.Length)] : []);
    }

    /// <summary>All files below a folder. Links to folders are not followed: they may lead in circles, or to files that are met anyway.</summary>
    static IEnumerable<FoundFile> Walk(string folder, int foundFrom)
    {
        foreach (var entry in Entries(folder))
        {
            if (IsVisibleFolder(entry))
            {
                foreach (var file in Walk(Join(folder, entry), foundFrom))
                {
                    yield return file;
                }
            }
            else if (!IsFolder(entry) && !HiddenNames.IsHiddenFile(entry.Name) && LeadsToFile(entry))
            {
                yield return ToFile(Join(folder, entry), isNamed: false, foundFrom);
            }
        }
    }

    static FileSystemInfo[] Entries(string folder)
    {
        try
        {
            return new DirectoryInfo(AsPath(folder)).GetFileSystemInfos("*", EveryEntry);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserException($"Cannot read the directory '{folder}': {FileErrors.Reason(e)}.", cause: e);
        }
    }

    static bool IsFolder(FileSystemInfo entry) => entry.Attributes.HasFlag(FileAttributes.Directory);

    static bool IsVisibleFolder(FileSystemInfo entry) => IsFolder(entry) && entry.LinkTarget is null && !HiddenNames.IsHiddenFolder(entry.Name);

    /// <summary>False for a link into nothing, as a rotation leaves it behind.</summary>
    static bool LeadsToFile(FileSystemInfo entry) => entry.LinkTarget is null || entry.ResolveLinkTarget(returnFinalTarget: true) is { Exists: true };

    static string AsPath(string folder) => folder.Length == 0 ? "." : folder;

    static string Join(string folder, FileSystemInfo entry) => Path.Join(folder, entry.Name);

    static FoundFile ToFile(string path, bool isNamed, int foundFrom)
    {
        var file = new FileInfo(path);
        var target = file.LinkTarget is null ? null : file.ResolveLinkTarget(returnFinalTarget: true);

        // What seems to hold nothing may be a pipe, such as the shell's <(…), or made up as it is read, such as /proc/version.
        return new FoundFile(path, target?.FullName ?? file.FullName, isNamed, IsLink: target is not null, foundFrom, () => isNamed && LocalFile.LengthOf(path) == 0
            ? new PipedInput(path, () => File.OpenRead(path)) { IsNamed = true }
            : new LocalFile(path) { IsNamed = isNamed });
    }

    static UserException Missing(string source)
    {
        var full = Path.GetFullPath(source);
        var folder = Path.GetDirectoryName(full);
        try
        {
            if (!Directory.Exists(folder))
            {
                return new UserException($"No file or directory '{source}': there is no directory '{Path.GetDirectoryName(source)}'.");
            }

            var meant = SimilarNames.Find(Path.GetFileName(full), new DirectoryInfo(folder).EnumerateFileSystemInfos().Select(entry => entry.Name));
            return new UserException($"No file or directory '{source}'.{(meant is null ? "" : $" Did you mean '{Path.Join(Path.GetDirectoryName(source), meant)}'?")}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new UserException($"Cannot read '{source}': {FileErrors.Reason(e)}.", cause: e);
        }
    }

}
