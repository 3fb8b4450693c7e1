using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Millrace.Events;
using Millrace.Generation;
using Millrace.Parsing;
using Millrace.Parsing.Formats;

namespace Millrace.Tests.Parsing.Formats;

public sealed class JsonFormatTests
{
    const int MutationsOfALine = 100;

    readonly LineParser _parser = JsonFormat.Format.Bind(new FormatInput())!.CreateParser();

    static List<byte[]> Lines => [.. FormatCase.Read("json").Concat(FormatCase.Read("metric-events")).SelectMany(found => found.Case.Lines).Select(line => line.Input)];

    [Fact]
    public void Each_case_is_read_as_the_oracle_reads_it() => Assert.All(Lines, AssertReadAsOracle);

    [Fact]
    public void Mutated_lines_are_read_as_the_oracle_reads_them()
    {
        var seed = Environment.TickCount;
        TestContext.Current.SendDiagnosticMessage("seed {0}", seed);
        var random = new Random(seed);
        var lines = Lines;

        foreach (var line in lines.SelectMany(line => Enumerable.Repeat(line, MutationsOfALine)))
        {
            AssertReadAsOracle(SomeMutation.Of(line, lines, random));
        }
    }

    [Fact]
    public async Task What_was_learnt_from_earlier_lines_changes_nothing()
    {
        var seed = Environment.TickCount;
        TestContext.Current.SendDiagnosticMessage("seed {0}", seed);
        var random = new Random(seed);
        using var log = new MemoryStream();
        var profile = new LoadProfile(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(56)) { Count = 2_000, ErrorShare = 0.2, InvalidShare = 0.01 };
        await LogGenerator.Create(LogKind.Json, profile).WriteAsync(GenerationOutput.ToStream(log), null, null, TestContext.Current.CancellationToken);
        byte[][] lines = [.. Encoding.UTF8.GetString(log.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Encoding.UTF8.GetBytes)];

        // One parser reads them all, so that each line and each mutation meets what the lines before it taught.
        foreach (var line in lines)
        {
            AssertReadAsOracle(line);
            AssertReadAsOracle(SomeMutation.Of(line, lines, random));
        }
    }

    [Fact]
    public void Every_cut_of_a_line_is_read_as_the_oracle_reads_it() =>
        Assert.All(Lines.Take(4), line => Assert.All(Enumerable.Range(1, line.Length), length => AssertReadAsOracle(line[..length])));

    [Theory]
    [InlineData(64, LineOutcome.Event)]
    [InlineData(65, LineOutcome.Reject)]
    public void Nesting_is_read_up_to_64_deep(int depth, LineOutcome expected)
    {
        var objects = string.Concat(Enumerable.Repeat("{\"a\":", depth)) + "1" + new string('}', depth);
        var arrays = "{\"a\":" + new string('[', depth - 1) + new string(']', depth - 1) + "}";

        Assert.Equal(expected, _parser.Parse(Encoding.UTF8.GetBytes(objects)));
        Assert.Equal(expected, _parser.Parse(Encoding.UTF8.GetBytes(arrays)));
    }

    [Fact]
    public void A_million_members_are_read_in_a_moment()
    {
        var line = Encoding.UTF8.GetBytes("{" + string.Join(',', Enumerable.Range(0, 1_000_000).Select(i => $"\"prefix_{i:D9}_suffix_of_key\":1")) + "}");

        var outcome = _parser.Parse(line);

        Assert.Equal(LineOutcome.Event, outcome);
        Assert.Equal(1_000_000, _parser.Fields.Attributes.Count);
    }

    [Fact]
    public void Lines_cost_no_memory()
    {
        byte[][] lines = [.. Lines];
        ParseAll(lines);
        var before = GC.GetAllocatedBytesForCurrentThread();

        ParseAll(lines);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Producer_records_of_shared_data_are_read_but_for_those_without_a_time()
    {
        var lines = File.ReadAllLines(Path.Combine(SharedData.Folder("live-log"), "lla-producer-sample.jsonl"));

        var events = lines.Select(Encoding.UTF8.GetBytes).Where(line => _parser.Parse(line) == LineOutcome.Event).Select(line => (_parser.Parse(line), Fields(line)).Item2).ToList();

        var timed = lines.Where(line => Regex.IsMatch(line, @"""timestamp"": ""\d\d/\w{3}/\d{4}:")).ToList();
        Assert.Equal(4976, events.Count);
        Assert.Equal(timed.Count(line => line.Contains("\"contest\", \"response_code\": \"404\"", StringComparison.Ordinal)), events.Count(columns => columns["Endpoint"] == "contest" && columns["Status"] == "404"));
        Assert.Equal(
            timed.Sum(line => long.Parse(Regex.Match(line, @"response_time"": (\d+)").Groups[1].Value, CultureInfo.InvariantCulture)) * 1000,
            events.Sum(columns => long.Parse(columns["Duration"], CultureInfo.InvariantCulture)));
    }

    void ParseAll(byte[][] lines)
    {
        foreach (var line in lines)
        {
            _parser.Parse(line);
        }
    }

    void AssertReadAsOracle(byte[] line)
    {
        var expected = JsonOracle.Read(line);
        var outcome = _parser.Parse(line);
        var actual = outcome == LineOutcome.Event ? Fields(line) : null;

        Assert.True(
            expected is null ? actual is null : actual is not null && expected.OrderBy(pair => pair.Key).SequenceEqual(actual.OrderBy(pair => pair.Key)),
            $"{Encoding.Latin1.GetString(line)}\nexpected {Show(expected)}\nactual   {Show(actual)} {_parser.Fields.RejectReason}");
    }

    static string Show(Dictionary<string, string>? columns) => columns is null ? "a reject" : string.Join(" · ", columns.OrderBy(pair => pair.Key).Select(pair => $"{pair.Key} {pair.Value}"));

    /// <summary>The fields of the line that was parsed last, as the oracle gives them.</summary>
    Dictionary<string, string> Fields(byte[] line)
    {
        var columns = new Dictionary<string, string>();
        for (var column = EventColumn.Timestamp; column <= EventColumn.TraceId; column++)
        {
            var field = _parser.Fields.Values[(int)column];
            if (field.HasValue)
            {
                var name = column == EventColumn.DurationUs ? "Duration" : column.ToString();
                columns[name] = column.Type() == ColumnType.Text ? Text(line, field) : field.Number.ToString(CultureInfo.InvariantCulture);
                Assert.True(column.Type() != ColumnType.Text || (field.Escape == TextEscape.Json) == columns[name].Contains('\\'));
            }
        }

        var attributes = new List<string>();
        for (var i = 0; i < _parser.Fields.Attributes.Count; i++)
        {
            var (key, value) = _parser.Fields.Attributes[i];
            var text = Text(line, value);
            attributes.Add($"{Text(line, key)}={(value.Escape == TextEscape.JsonValue ? text : $"\"{text}\"")}");
        }

        columns["Attributes"] = string.Join('\n', attributes);
        return columns;
    }

    static string Text(byte[] line, FieldValue field) => Encoding.Latin1.GetString(line, field.Start, field.Length);
}
