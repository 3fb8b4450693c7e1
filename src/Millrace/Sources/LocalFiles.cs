namespace Millrace.Sources;

/// <summary>Finds the files on local disks that a path, a glob or a directory stands for.</summary>
/// <param name="folder">The folder that relative paths count from; null for the working directory of the process.</param>
sealed class LocalFiles(string? folder = null)
{
    static readonly EnumerationOptions EveryEntry = new() { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false };

    public IEnumerable<FoundFile> Find(string source)
    {
        // A path that exists is that path, whatever wildcards its name holds.
        if (File.Exists(AsPath(source)))
        {
            return [ToFile(source, isNamed: true, Path.GetFileName(source).Length is var length ? source.Length - length : 0)];
        }

        if (source.Length > 0 && Directory.Exists(AsPath(source)))
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

    IEnumerable<FoundFile> Expand(GlobPattern pattern, string parent, int position)
    {
        if (position == pattern.Segments.Count || (pattern.Segments[position].IsDeep && position == pattern.Segments.Count - 1))
        {
            return Walk(parent, pattern.Prefix.Length);
        }

        var segment = pattern.Segments[position];
        var isLast = position == pattern.Segments.Count - 1;
        var entries = Directory.Exists(AsPath(parent)) ? Entries(parent) : [];
        return segment.IsDeep
            ? Expand(pattern, parent, position + 1).Concat(entries.Where(IsVisibleFolder).SelectMany(entry => Expand(pattern, Join(parent, entry), position)))
            : entries.Where(entry => segment.IsMatch(entry.Name)).SelectMany(entry => IsFolder(entry)
                ? Expand(pattern, Join(parent, entry), position + 1)
                : isLast && LeadsToFile(entry) ? [ToFile(Join(parent, entry), isNamed: false, pattern.Prefix.Length)] : []);
    }

    /// <summary>All files below a folder. Links to folders are not followed: they may lead in circles, or to files that are met anyway.</summary>
    IEnumerable<FoundFile> Walk(string parent, int foundFrom)
    {
        foreach (var entry in Entries(parent))
        {
            if (IsVisibleFolder(entry))
            {
                foreach (var file in Walk(Join(parent, entry), foundFrom))
                {
                    yield return file;
                }
            }
            else if (!IsFolder(entry) && !HiddenNames.IsHiddenFile(entry.Name) && LeadsToFile(entry))
            {
                yield return ToFile(Join(parent, entry), isNamed: false, foundFrom);
            }
        }
    }

    FileSystemInfo[] Entries(string parent)
    {
        try
        {
            return new DirectoryInfo(AsPath(parent)).GetFileSystemInfos("*", EveryEntry);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserException($"Cannot read the directory '{parent}': {FileErrors.Reason(e)}.", cause: e);
        }
    }

    static bool IsFolder(FileSystemInfo entry) => entry.Attributes.HasFlag(FileAttributes.Directory);

    static bool IsVisibleFolder(FileSystemInfo entry) => IsFolder(entry) && entry.LinkTarget is null && !HiddenNames.IsHiddenFolder(entry.Name);

    /// <summary>False for a link into nothing, as a rotation leaves it behind.</summary>
    static bool LeadsToFile(FileSystemInfo entry) => entry.LinkTarget is null || entry.ResolveLinkTarget(returnFinalTarget: true) is { Exists: true };

    /// <summary>Where a name that the user wrote, or that was found below one, leads to.</summary>
    string AsPath(string name) => folder is null ? name.Length == 0 ? "." : name : Path.Combine(folder, name);

    static string Join(string parent, FileSystemInfo entry) => Path.Join(parent, entry.Name);

    FoundFile ToFile(string name, bool isNamed, int foundFrom)
    {
        var path = AsPath(name);
        var file = new FileInfo(path);
        var target = file.LinkTarget is null ? null : file.ResolveLinkTarget(returnFinalTarget: true);

        // What seems to hold nothing may be a pipe, such as the shell's <(…), or made up as it is read, such as /proc/version.
        LogFile Open() => isNamed && LocalFile.LengthOf(path) == 0
            ? new PipedInput(name, () => File.OpenRead(path)) { IsNamed = true }
            : new LocalFile(path, name) { IsNamed = isNamed };
        return new FoundFile(name, target?.FullName ?? file.FullName, isNamed, IsLink: target is not null, foundFrom, Open);
    }

    UserException Missing(string source)
    {
        var full = Path.GetFullPath(AsPath(source));
        var parent = Path.GetDirectoryName(full);
        try
        {
            if (!Directory.Exists(parent))
            {
                return new UserException($"No file or directory '{source}': there is no directory '{Path.GetDirectoryName(source)}'.");
            }

            var meant = SimilarNames.Find(Path.GetFileName(full), new DirectoryInfo(parent).EnumerateFileSystemInfos().Select(entry => entry.Name));
            return new UserException($"No file or directory '{source}'.{(meant is null ? "" : $" Did you mean '{Path.Join(Path.GetDirectoryName(source), meant)}'?")}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new UserException($"Cannot read '{source}': {FileErrors.Reason(e)}.", cause: e);
        }
    }

}
