using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Millrace.Parsing;
using Millrace.Queries.Scanning;
using Millrace.Tests.Parsing.Formats;
using Millrace.Tests.Queries;
using Millrace.Tests.Queries.Scanning;

namespace Millrace.Tests.Parsing.Fuzzing;

/// <summary>
/// Whatever the bytes, a parser does not throw, does not look behind the line, comes to an end, and gives the same: read before or not, narrowed to any columns, from blocks of
/// any size, and as the layout's regular expression reads it. MILLRACE_LONG=1 runs for half an hour a family of parsers with a seed of its own; MILLRACE_FUZZ_SECONDS says another time, MILLRACE_FUZZ_FAMILY one family, MILLRACE_FUZZ_SEED repeats a run.
/// </summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    const string Layouts = "layouts";
    const int Seed = 20261122;
    const int LinesOfAShortRun = 60;
    const int LinesOfAFile = 12;

    /// <summary>Of the processors: on a busy machine a run that is to disturb nobody waits for longer than that.</summary>
    static readonly TimeSpan MostForALine = TimeSpan.FromSeconds(10);

    static readonly bool IsLong = Environment.GetEnvironmentVariable("MILLRACE_LONG") == "1";
    static readonly double Seconds = double.Parse(Environment.GetEnvironmentVariable("MILLRACE_FUZZ_SECONDS") ?? "1800", CultureInfo.InvariantCulture);

    /// <summary>A format fixed for the lines of one case.</summary>
    sealed record Target(string Format, FormatBinding Binding, List<byte[]> Lines);

    static readonly List<Target> Targets =
    [
        .. FormatCase.Read().Select(found => (found.Format, Binding: FormatCaseTests.Bind(found.Format, found.Case), found.Case))
            .Where(found => found.Binding is not null)
            .Select(found => new Target(found.Format, found.Binding!, [.. found.Case.Lines.Select(line => line.Input)])),
    ];

    static readonly List<byte[]> AllLines = [.. Targets.SelectMany(target => target.Lines)];

    public static TheoryData<string> Families => [.. Targets.Select(FamilyOf).Distinct().Where(IsAskedFor).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Families))]
    public void Nothing_that_a_line_holds_breaks_a_parser(string family)
    {
        var targets = Targets.Where(target => FamilyOf(target) == family).ToList();
        var seed = Environment.GetEnvironmentVariable("MILLRACE_FUZZ_SEED") is { } given ? int.Parse(given, CultureInfo.InvariantCulture) : IsLong ? Random.Shared.Next() : Seed;
        var random = new Random(seed);
        if (IsLong)
        {
            // Before anything is read: a read behind a line ends the process.
            Console.Out.WriteLine($"{family}: seed {seed}");
        }

        var watch = Stopwatch.StartNew();
        using var guarded = new GuardedLine(FuzzedLine.Longest + 100);
        long lines = 0;
        long events = 0;
        do
        {
            foreach (var target in targets)
            {
                var fuzzed = Enumerable.Range(0, LinesOfAShortRun).Select(_ => FuzzedLine.Of(target.Lines[random.Next(target.Lines.Count)], random.Next(4) == 0 ? AllLines : target.Lines, random)).ToList();
                events += Check(target, fuzzed, guarded, random, seed);
                CheckBlocks(target, [.. fuzzed.Where(line => line.Length < 2000).Take(LinesOfAFile)], seed);
                lines += fuzzed.Count;
            }
        }
        while (IsLong && watch.Elapsed.TotalSeconds < Seconds);

        var told = string.Create(CultureInfo.InvariantCulture, $"{family}: seed {seed}, {lines:N0} lines of {targets.Select(target => target.Format).Distinct().Count()} formats, {events:N0} events, {watch.Elapsed.TotalSeconds:N0} s");
        output.WriteLine(told);
        if (IsLong)
        {
            Console.Out.WriteLine(told);
        }
    }

    static bool IsAskedFor(string family) => Environment.GetEnvironmentVariable("MILLRACE_FUZZ_FAMILY") is not { } one || one == family;

    static string FamilyOf(Target target) => target.Binding.CreateParser().GetType() is var type && type.Namespace!.Contains("Layouts", StringComparison.Ordinal) ? Layouts
        : type.Namespace.Contains(".Json", StringComparison.Ordinal) ? "json"
        : type.Namespace.Contains(".Csv", StringComparison.Ordinal) ? "csv"
        : type.Namespace.Contains(".AppLines", StringComparison.Ordinal) ? "app"
        : "parsers of their own";

    /// <summary>Reads lines in every way; returns how many are events.</summary>
    static long Check(Target target, List<byte[]> lines, GuardedLine guarded, Random random, int seed)
    {
        var binding = target.Binding;
        IReadOnlyList<OutputColumn> all = [.. OutputColumn.Events, .. binding.OwnColumns.Select(own => new OutputColumn(own.Name, binding.Fields[own.Field].Type, null))];
        var used = new EventText(binding, "case.log", new NamingRules());
        IReadOnlyList<OutputColumn> some = [.. all.Where(_ => random.Next(all.Count) < 3)];
        var narrowed = new EventText(binding, "case.log", new NamingRules(), some);
        var parser = binding.CreateParser();
        var directives = binding.DirectivePrefix is { } prefix ? target.Lines.Concat(lines).Where(line => line.AsSpan().StartsWith(prefix)).Append([]).ToList() : [[]];
        long events = 0;
        foreach (var line in lines)
        {
            var directive = directives[random.Next(directives.Count)];
            var start = Environment.CpuUsage.TotalTime;
            try
            {
                var here = guarded.Put(line);
                var expected = new EventText(binding, "case.log", new NamingRules()).Under(directive).Read(line);
                AssertSame(expected, used.Under(directive).Read(here));
                AssertSame([.. expected.Where(shown => some.Any(column => IsOf(column, shown)) || IsNoEvent(shown))], narrowed.Under(directive).Read(here));
                parser.Direct(directive);
                events += CheckFields(target, parser, here, line) ? 1 : 0;
                var spent = Environment.CpuUsage.TotalTime - start;
                Assert.True(spent < MostForALine, $"Reading took {spent}.");
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"{target.Format}, seed {seed}: {e.Message}\nline ({line.Length} bytes): {Convert.ToBase64String(line.AsSpan(0, Math.Min(line.Length, 4000)))}\n{Encoding.Latin1.GetString(line.AsSpan(0, Math.Min(line.Length, 1000)))}", e);
            }
        }

        return events;
    }

    static bool CheckFields(Target target, LineParser parser, ReadOnlySpan<byte> here, byte[] line)
    {
        var outcome = parser.Parse(here);
        var isEvent = outcome == LineOutcome.Event;
        if (isEvent && !parser.HasMore)
        {
            CheckExpression(target, parser, line);
        }

        for (var records = 0; ; records++)
        {
            Assert.True(records <= line.Length, "There are more records than bytes.");
            if (outcome == LineOutcome.Reject)
            {
                Assert.InRange(parser.Fields.RejectPosition, 0, line.Length);
            }
            else if (outcome == LineOutcome.Event)
            {
                foreach (var value in parser.Fields.Values.Where(value => value.HasValue))
                {
                    Assert.InRange(value.Start, 0, line.Length);
                    Assert.InRange(value.Start + value.Length, value.Start, line.Length);
                }
            }

            if (!parser.HasMore)
            {
                return isEvent;
            }

            outcome = parser.Next(here);
        }
    }

    /// <summary>
    /// The expression that a layout derives for other engines reads the line as the parser did. Where quotes may or may not stand around a field, it knows fewer lines, as those do that
    /// were written by hand.
    /// </summary>
    static void CheckExpression(Target target, LineParser parser, byte[] line)
    {
        if (FamilyOf(target) != Layouts || target.Binding.Raw is not RawTable.Regex table || line.Length > 2000 || table.Fields.Any(field => field.Value == RawValue.QuotedText))
        {
            return;
        }

        var match = Regex.Match(Encoding.Latin1.GetString(line), table.Expression, RegexOptions.CultureInvariant | RegexOptions.Singleline, MostForALine);
        Assert.True(match.Success, $"The expression does not match: {table.Expression}");
        for (var group = 0; group < table.Fields.Count; group++)
        {
            var value = parser.Fields.Values[table.Fields[group].Field];
            var text = match.Groups[group + 1].Value;
            Assert.True(
                value.HasValue ? text == Encoding.Latin1.GetString(line, value.Start, value.Length) : text.Trim(' ') is "" or ['-', ..] || text.All(c => !char.IsAsciiDigit(c)),
                $"{table.Fields[group].Name} is '{text}' by the expression {table.Expression}");
        }
    }

    static void CheckBlocks(Target target, List<byte[]> lines, int seed)
    {
        var bytes = lines.SelectMany(line => line.Append((byte)'\n')).ToArray();
        var planned = new PlannedFile(new MemoryFile("f.log", bytes), target.Binding);
        var whole = ScanOutcome.Of([planned], 1 << 20);
        foreach (var blockSize in new[] { 7, 64, 333 })
        {
            var parts = ScanOutcome.Of([planned], blockSize);
            Assert.True(
                whole.Rows.SequenceEqual(parts.Rows) && whole.Rejects.SequenceEqual(parts.Rejects),
                $"{target.Format}, seed {seed}, block size {blockSize}: {Convert.ToBase64String(bytes)}\n{string.Join('\n', whole.Rows.Concat(whole.Rejects).Except(parts.Rows.Concat(parts.Rejects)))}\n--\n{string.Join('\n', parts.Rows.Concat(parts.Rejects).Except(whole.Rows.Concat(whole.Rejects)))}");
        }
    }

    static void AssertSame(IReadOnlyList<string> expected, IReadOnlyList<string> actual) =>
        Assert.True(expected.SequenceEqual(actual), $"It is read as\n{string.Join('\n', expected)}\nand as\n{string.Join('\n', actual)}");

    static bool IsOf(OutputColumn column, string shown) => shown.StartsWith($"{column.Name}: ", StringComparison.Ordinal);

    static bool IsNoEvent(string shown) => shown is "skip" or "then" || shown.StartsWith("reject: ", StringComparison.Ordinal);
}
