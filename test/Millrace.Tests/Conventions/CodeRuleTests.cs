using System.Text.RegularExpressions;

namespace Millrace.Tests.Conventions;

/// <summary>What the code never does, so that it neither hangs, nor loses a failure, nor reads a clock of its own.</summary>
public sealed partial class CodeRuleTests
{
    [Fact]
    public void No_code_waits_for_a_task_by_its_result() => Assert.Empty(Found(Result()));

    [Fact]
    public void No_method_is_async_void() => Assert.Empty(Found(AsyncVoid()));

    [Fact]
    public void No_code_reads_the_clock_around_it() => Assert.Empty(Found(AmbientClock()));

    [Theory]
    [InlineData("var x = task.Result;")]
    [InlineData("static async void Run()")]
    [InlineData("var now = DateTime.UtcNow;")]
    [InlineData("var now = DateTimeOffset.Now;")]
    public void What_is_looked_for_is_found(string text) =>
        Assert.Contains(new[] { Result(), AsyncVoid(), AmbientClock() }, rule => rule.IsMatch(text));

    static IEnumerable<string> Found(Regex rule) => SourceTree.Files().SelectMany(file => rule.Matches(Comment().Replace(file.Text, "")).Select(found => $"{file.Path}: {found.Value}"));

    // The result of a task that was just seen to be complete waits for nothing.
    [GeneratedRegex(@"(?<!IsCompletedSuccessfully[\s\S]{0,120})\w\)?\.Result\b(?!\s*=)")]
    private static partial Regex Result();

    [GeneratedRegex(@"\basync\s+void\b")]
    private static partial Regex AsyncVoid();

    [GeneratedRegex(@"\bDateTime(Offset)?\.(Now|UtcNow|Today)\b")]
    private static partial Regex AmbientClock();

    [GeneratedRegex("//.*")]
    private static partial Regex Comment();
}
