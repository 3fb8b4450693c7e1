using System.Text;
using Millrace.Generation;

namespace Millrace.Tests.Generation;

/// <summary>Builders of what the generation tests need.</summary>
static class Some
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    public static LoadProfile Profile(long count) => new(Noon.AddDays(-1), Noon) { Count = count };

    public static async Task<byte[]> BytesAsync(LogKind kind, LoadProfile profile)
    {
        using var stream = new MemoryStream();
        await LogGenerator.Create(kind, profile).WriteAsync(GenerationOutput.ToStream(stream), null, null, TestContext.Current.CancellationToken);
        return stream.ToArray();
    }

    public static async Task<string[]> LinesAsync(LogKind kind, LoadProfile profile)
    {
        var text = Encoding.UTF8.GetString(await BytesAsync(kind, profile));
        Assert.EndsWith("\n", text);
        return text[..^1].Split('\n');
    }

    public static GenerationTask Task(string json) => GenerationTask.Parse(Encoding.UTF8.GetBytes(json), "TASK.json");

    /// <summary>The repository's root: the folder that has the solution.</summary>
    public static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Millrace.slnx")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("the tests run outside the repository");
        }

        return folder.FullName;
    }

    /// <summary>A path of the service-logs test data; skips the test where it is missing.</summary>
    public static string SharedData(string path)
    {
        var folder = Path.Combine(Root(), "..", "shared", "data", "service-logs");
        if (!Directory.Exists(folder))
        {
            Assert.Skip("the folder ../shared/data is missing");
        }

        return Path.Combine(folder, path);
    }
}

/// <summary>A directory that is gone after the test.</summary>
sealed class TemporaryDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("millrace-test-").FullName;

    public string[] Names() => [.. Directory.GetFiles(Path).Select(System.IO.Path.GetFileName).Order()!];

    public string Text(string name) => File.ReadAllText(System.IO.Path.Combine(Path, name));

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
