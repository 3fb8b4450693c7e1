using System.Text;
using Millrace.Events;
using Millrace.Parsing;
using Millrace.Tests.Parsing.Formats;

namespace Millrace.Tests.Parsing;

/// <summary>What holds for every format and every line, whatever the bytes, under the same directive where the format has any.</summary>
public sealed class MutatedLinesTests
{
    const int MutationsOfALine = 40;

    public static TheoryData<string> Formats => [.. LogFormats.All.Select(format => format.Name)];

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_line_is_read_alike_whatever_came_before_it_and_whichever_columns_are_wanted(string format)
    {
        var seed = Environment.TickCount;
        TestContext.Current.SendDiagnosticMessage("seed {0}", seed);
        var random = new Random(seed);
        foreach (var (_, found) in FormatCase.Read(format))
        {
            if (FormatCaseTests.Bind(format, found) is not { } binding)
            {
                continue;
            }

            List<byte[]> lines = [.. found.Lines.Select(line => line.Input)];
            IReadOnlyList<OutputColumn> columns = [.. OutputColumn.Events, .. binding.OwnColumns.Select(own => new OutputColumn(own.Name, binding.Fields[own.Field].Type, null))];
            var directive = binding.DirectivePrefix is { } prefix ? lines.FindLast(line => line.AsSpan().StartsWith(prefix)) ?? [] : [];
            var used = binding.CreateParser();
            var reader = new EventText(binding, "case.log", new NamingRules());
            foreach (var line in lines.SelectMany(line => Enumerable.Range(0, MutationsOfALine).Select(_ => SomeMutation.Of(line, lines, random)).Prepend(line)))
            {
                var shown = reader.Under(directive).Read(line);
                var one = columns[random.Next(columns.Count)];

                AssertAlike(shown, new EventText(binding, "case.log", new NamingRules()).Under(directive).Read(line), line);
                AssertAlike([.. shown.Where(text => IsOf(one, text))], new EventText(binding, "case.log", new NamingRules(), [one]).Under(directive).Read(line), line);
                AssertInside(used, line);
            }
        }
    }

    static bool IsOf(OutputColumn column, string text) => text.StartsWith($"{column.Name}: ", StringComparison.Ordinal) || text.StartsWith("reject: ", StringComparison.Ordinal) || text is "skip" or "then";

    static void AssertAlike(IReadOnlyList<string> expected, IReadOnlyList<string> actual, byte[] line) => Assert.True(
        expected.SequenceEqual(actual), $"{Encoding.Latin1.GetString(line)}\n{string.Join('\n', expected)}\n--\n{string.Join('\n', actual)}");

    static void AssertInside(LineParser parser, byte[] line)
    {
        AssertInside(parser, line, parser.Parse(line));
        while (parser.HasMore)
        {
            AssertInside(parser, line, parser.Next(line));
        }
    }

    static void AssertInside(LineParser parser, byte[] line, LineOutcome outcome)
    {
        if (outcome == LineOutcome.Event)
        {
            Assert.All(parser.Fields.Values.Where(value => value.HasValue), value => Assert.True(
                value.Start >= 0 && value.Length >= 0 && value.Start + value.Length <= line.Length,
                $"{Encoding.Latin1.GetString(line)}: {value.Start}, {value.Length}"));
        }
        else if (outcome == LineOutcome.Reject)
        {
            Assert.InRange(parser.Fields.RejectPosition, 0, line.Length);
        }
    }
}
