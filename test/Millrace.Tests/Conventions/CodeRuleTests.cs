using System.Text.RegularExpressions;

namespace Millrace.Tests.Conventions;

/// <summary>What the code never does, so that it neither hangs, nor loses a failure, nor reads a clock of its own, nor has one session disturb another.</summary>
public sealed partial class CodeRuleTests
{
    /// <summary>The files that may block a thread until a task or an event is there, each with its reason. All of these waits end with a token.</summary>
    static readonly Dictionary<string, string> MayWait = new()
    {
        ["src/Millrace.Aws/AssumedRole.cs"] = "the SDK asks for credentials synchronously where it is used synchronously",
        ["src/Millrace/Queries/LogTablePlanner.cs"] = "DuckDB binds a table function in a synchronous callback",
        ["src/Millrace/Queries/QueryDatabase.cs"] = "a session is opened by a constructor",
        ["src/Millrace/Queries/Scanning/Directives.cs"] = "DuckDB asks for rows in a synchronous callback",
        ["src/Millrace/Queries/Scanning/LineNumbers.cs"] = "DuckDB asks for rows in a synchronous callback",
        ["src/Millrace/Sources/ObjectParts.cs"] = "DuckDB asks for rows in a synchronous callback",
        ["src/Millrace/Sources/PumpedStream.cs"] = "DuckDB asks for rows in a synchronous callback",
    };

    /// <summary>The files that may change something static, each with its reason.</summary>
    static readonly Dictionary<string, string> MayShare = new()
    {
        ["src/Millrace/Parsing/Layouts/SpacedLayout.cs"] = "remembers what the few texts in the code of formats mean, and never anything of a user's",
    };

    /// <summary>The files that may depend on where the process was started, each with its reason.</summary>
    static readonly Dictionary<string, string> MayAskForDirectory = new()
    {
        ["src/Millrace.Cli/Options/ConfigOption.cs"] = "settings are looked for where the user is",
    };

    [Fact]
    public void No_code_waits_for_a_task_by_its_result() => Assert.Empty(Found(Result()));

    [Fact]
    public void Only_what_is_called_synchronously_blocks_a_thread() => Assert.Equal(MayWait.Keys.Order(StringComparer.Ordinal), FilesWith(Wait()));

    [Fact]
    public void No_method_is_async_void() => Assert.Empty(Found(AsyncVoid()));

    [Fact]
    public void No_code_reads_the_clock_around_it() => Assert.Empty(Found(AmbientClock()));

    [Fact]
    public void Nothing_that_changes_is_static() => Assert.Equal(MayShare.Keys.Order(StringComparer.Ordinal), FilesWith(StaticState()));

    [Fact]
    public void No_code_depends_on_where_the_process_was_started() => Assert.Equal(MayAskForDirectory.Keys.Order(StringComparer.Ordinal), FilesWith(Directory()));

    [Theory]
    [InlineData("var x = task.Result;")]
    [InlineData("static async void Run()")]
    [InlineData("var now = DateTime.UtcNow;")]
    [InlineData("var now = DateTimeOffset.Now;")]
    [InlineData("var x = task.WaitAsync(token).GetAwaiter().GetResult();")]
    [InlineData("var x = task.ConfigureAwait(false)\n    .GetAwaiter()\n    .GetResult();")]
    [InlineData("task.Wait();")]
    [InlineData("_semaphore.Wait(token);")]
    [InlineData("Monitor.Wait(_gate, 50);")]
    [InlineData("Task.WaitAll(tasks);")]
    [InlineData("WaitHandle.WaitAny(handles);")]
    [InlineData("handle.WaitOne();")]
    [InlineData("\n    static int _count;")]
    [InlineData("\n    internal static volatile bool _isOn = true;")]
    [InlineData("\n    public static Dictionary<string, List<int>> Cache = [];")]
    [InlineData("\n    public static string Name { get; set; } = \"\";")]
    [InlineData("\n    static string? Name { get; private set; }")]
    [InlineData("\n    static readonly ConcurrentDictionary<string, int> Known = new();")]
    [InlineData("\n    static (int Count, string? Name) _last = (0, null);")]
    [InlineData("\n    static event Action? Changed;")]
    [InlineData("[ThreadStatic]")]
    [InlineData("static readonly ThreadLocal<int> Count = new();")]
    [InlineData("static readonly AsyncLocal<int> Count = new();")]
    [InlineData("Environment.CurrentDirectory = folder;")]
    [InlineData("Directory.SetCurrentDirectory(folder);")]
    [InlineData("Directory.GetCurrentDirectory()")]
    public void What_is_looked_for_is_found(string text) =>
        Assert.Contains(new[] { Result(), AsyncVoid(), AmbientClock(), Wait(), StaticState(), Directory() }, rule => rule.IsMatch(text));

    [Theory]
    [InlineData("\n    static readonly int[] Levels = [1];")]
    [InlineData("\n    const int Count = 1;")]
    [InlineData("\n    public static IReadOnlyList<int> All { get; } = [1];")]
    [InlineData("\n    static int Sum(int a, int b) => a + b;")]
    [InlineData("\n    static (int, int) Half(int a, string? b = null, int c = 2) => (a, c);")]
    [InlineData("\n    static int Half => 2;")]
    [InlineData("\n    public static int Count\n    {\n        get => 1;\n    }")]
    [InlineData("\n    public static TheoryData<string> Detectable => [.. Names];")]
    [InlineData("\nstatic class Waits;")]
    [InlineData("await task.WaitAsync(token);")]
    [InlineData("await Task.WhenAll(tasks);")]
    public void What_is_not_looked_for_is_not_found(string text) => Assert.DoesNotContain(new[] { Wait(), StaticState(), Directory() }, rule => rule.IsMatch(text));

    static IEnumerable<string> FilesWith(Regex rule) => SourceTree.Files().Where(file => rule.IsMatch(Comment().Replace(file.Text, ""))).Select(file => file.Path).Order(StringComparer.Ordinal);

    static IEnumerable<string> Found(Regex rule) => SourceTree.Files().SelectMany(file => rule.Matches(Comment().Replace(file.Text, "")).Select(found => $"{file.Path}: {found.Value}"));

    // The result of a task that was just seen to be complete waits for nothing.
    [GeneratedRegex(@"(?<!IsCompletedSuccessfully[\s\S]{0,120})\w\)?\.Result\b(?!\s*=)")]
    private static partial Regex Result();

    [GeneratedRegex(@"\.GetAwaiter\(\)\s*\.GetResult\(\)|\.Wait\(|\.WaitOne\(|\b(Task|WaitHandle)\.Wait(All|Any)\(")]
    private static partial Regex Wait();

    [GeneratedRegex(@"\basync\s+void\b")]
    private static partial Regex AsyncVoid();

    [GeneratedRegex(@"\bDateTime(Offset)?\.(Now|UtcNow|Today)\b")]
    private static partial Regex AmbientClock();

    // A static field that may be set, a static property that may be, a collection for several threads, and what each thread or flow has of its own.
    [GeneratedRegex("""
        \n[ \t]*((public|internal|protected|private|new|unsafe|volatile)[ ])*static[ ]((?!readonly\b|const\b|class\b|partial\b|extern\b|async\b)[\w<>\[\],.?*]+[ ]|\([^()\n]*\)\??[ ])+\w+[ ]*(=[^>]|;)
        |\n[ \t]*((public|internal|protected|private|new)[ ])*static[ ][^\n={(;]+\{[ ]get;[ ]((private|internal|protected)[ ])?set;
        |\bstatic[ ]readonly[ ](Concurrent\w+|ConditionalWeakTable)\b
        |\[ThreadStatic\]|\b(ThreadLocal|AsyncLocal)<
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex StaticState();

    [GeneratedRegex(@"\b(Environment\.CurrentDirectory|[SG]etCurrentDirectory)\b")]
    private static partial Regex Directory();

    [GeneratedRegex("//.*")]
    private static partial Regex Comment();
}
