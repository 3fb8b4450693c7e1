namespace Millrace.Cli.Tests.Documents;

public sealed class ReadmeTests
{
    [Fact]
    public async Task Figures_are_those_of_the_newest_measurement()
    {
        var compared = await Executable.RunAsync(new Invocation { Words = ["bash", Path.Join(Repository.Root, "bench/update-readme.sh"), "--check"] });

        Assert.Equal("", compared.Quietly());
    }

    [Fact]
    public void The_picture_is_small() => Assert.InRange(new FileInfo(Path.Join(Repository.Root, "docs/call-graph.png")).Length, 1, 300_000);
}
