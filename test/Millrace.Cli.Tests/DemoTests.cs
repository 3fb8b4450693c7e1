namespace Millrace.Cli.Tests;

public sealed class DemoTests
{
    [Fact]
    public async Task It_shows_three_reports_and_leaves_logs_and_a_page()
    {
        using var folder = new TemporaryFolder();

        var output = (await Executable.RunAsync($"demo --count 20000 --as-of 2026-11-22T10:00:00Z --dir {folder.Path}")).Quietly();

        Assert.StartsWith("23 hours of traffic between seven services: 20,000 lines, ", output);
        Assert.All(["traffic", "status", "endpoints"], report => Assert.Contains($"millrace report {report} {folder.Path}/logs ", output));
        Assert.Contains($"The call graph is in {folder.Path}/call-graph.html: open it in a browser.", output);
        Assert.Contains("payment-service", await File.ReadAllTextAsync(Path.Join(folder.Path, "call-graph.html")));
        Assert.Equal("{\"n\":20000}\n", (await Executable.RunAsync("sql", $"SELECT count(*) AS n FROM logs('{folder.Path}/logs')")).Quietly());
    }
}
