namespace Millrace.Generation.Output;

sealed class LocalOutput(string path, bool isDirectory) : GenerationOutput
{
    public override bool TakesManyFiles => isDirectory;

    internal override string Name => path;

    internal override GeneratedFile Open(string name)
    {
        var target = isDirectory ? Path.Combine(path, name) : path;
        try
        {
            if (Path.GetDirectoryName(target) is { Length: > 0 } directory)
            {
                Directory.CreateDirectory(directory);
            }

            return new LocalGeneratedFile(target);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw LocalGeneratedFile.CannotWrite(target, e);
        }
    }
}
