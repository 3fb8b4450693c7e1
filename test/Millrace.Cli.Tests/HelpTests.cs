namespace Millrace.Cli.Tests;

public sealed class HelpTests
{
    [Theory]
    [InlineData("")]
    [InlineData("report")]
    [InlineData("report list")]
    [InlineData("report traffic")]
    [InlineData("report status")]
    [InlineData("report endpoints")]
    [InlineData("report metrics")]
    [InlineData("sql")]
    [InlineData("search")]
    [InlineData("errors")]
    [InlineData("errors templates")]
    [InlineData("errors extract")]
    [InlineData("errors retain")]
    [InlineData("report errors")]
    [InlineData("ingest")]
    [InlineData("lake")]
    [InlineData("lake status")]
    [InlineData("lake check")]
    [InlineData("lake compact")]
    [InlineData("lake vacuum")]
    [InlineData("lake retain")]
    [InlineData("lake ddl")]
    [InlineData("formats")]
    [InlineData("formats list")]
    [InlineData("formats detect")]
    [InlineData("formats explain")]
    [InlineData("formats test")]
    [InlineData("mail")]
    [InlineData("mail list")]
    [InlineData("mail show")]
    [InlineData("mail send")]
    [InlineData("schedule")]
    [InlineData("schedule list")]
    [InlineData("schedule run")]
    [InlineData("schedule history")]
    [InlineData("generate")]
    [InlineData("demo")]
    [InlineData("completion")]
    [InlineData("help")]
    [InlineData("version")]
    public async Task Help_of_every_command_is_as_reviewed(string command)
    {
        var help = (await Executable.RunAsync($"{command} --help")).Quietly();

        Golden.Matches($"Golden/help/{(command.Length == 0 ? "millrace" : command.Replace(' ', '-'))}.txt", help);
    }

    [Fact]
    public async Task Every_command_that_help_lists_is_covered_here()
    {
        var root = (await Executable.RunAsync("--help")).Quietly();
        var reports = (await Executable.RunAsync("report --help")).Quietly();

        Assert.Equal(["report", "sql", "search", "errors", "ingest", "lake", "formats", "mail", "schedule", "generate", "demo", "completion", "help", "version"], Commands(root));
        Assert.Equal(["list", "traffic", "status", "endpoints", "metrics", "errors"], Commands(reports));
    }

    [Fact]
    public async Task Help_is_given_whatever_else_is_wrong()
    {
        var right = (await Executable.RunAsync("report status --help")).Quietly();

        Assert.Equal(right, (await Executable.RunAsync("report status --help --nonsense")).Quietly());
    }

    [Fact]
    public async Task Help_is_a_command_too()
    {
        Assert.Equal((await Executable.RunAsync("report status --help")).Quietly(), (await Executable.RunAsync("help report status")).Quietly());
        Assert.Equal("There is no command 'report stats'; did you mean 'status'?", (await Executable.RunAsync("help report stats")).Failed(code: 2));
    }

    [Fact]
    public async Task Version_is_a_command_too() => Assert.Equal((await Executable.RunAsync("--version")).Quietly(), (await Executable.RunAsync("version")).Quietly());

    [Fact]
    public async Task Version_is_one_line() => Assert.Matches(@"\A\d+\.\d+\.\d+\n\z", (await Executable.RunAsync("--version")).Quietly());

    static IEnumerable<string> Commands(string help) => help[help.IndexOf("Commands:\n", StringComparison.Ordinal)..]
        .Split('\n').Skip(1).TakeWhile(line => line.Length > 0).Where(line => line.StartsWith("  ", StringComparison.Ordinal) && line[2] != ' ').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[0]);
}
