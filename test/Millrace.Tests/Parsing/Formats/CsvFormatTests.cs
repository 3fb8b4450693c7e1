using System.Globalization;
using System.Text;
using System.Text.Json;
using Millrace.Events;
using Millrace.Parsing;
using Millrace.Parsing.Formats;

namespace Millrace.Tests.Parsing.Formats;

public sealed class CsvFormatTests
{
    const int MutationsOfALine = 100;

    [Fact]
    public void Mutated_lines_are_read_as_the_oracle_reads_them()
    {
        var seed = Environment.TickCount;
        TestContext.Current.SendDiagnosticMessage("seed {0}", seed);
        var random = new Random(seed);

        foreach (var (format, found) in FormatCase.Read("csv").Concat(FormatCase.Read("metric-windows")))
        {
            var lines = found.Lines.Select(line => line.Input).ToList();
            if (FormatCaseTests.Bind(format, found) is not { } binding)
            {
                continue;
            }

            var parser = binding.CreateParser();
            var zone = TimeZoneInfo.FindSystemTimeZoneById(found.Options.GetValueOrDefault("tz", "UTC"));
            var oracle = new CsvOracle(lines[0], binding.Fields, zone);
            foreach (var line in lines.SelectMany(line => Enumerable.Repeat(line, MutationsOfALine).Select(copy => SomeMutation.Of(copy, lines, random)).Prepend(line)))
            {
                AssertReadAsOracle(parser, oracle, binding.Fields, line);
            }
        }
    }

    [Theory]
    [InlineData("time,status\n")]
    [InlineData("time,status")]
    [InlineData("\uFEFFtime,status\r\n2026-11-22 10:00:00,200\r\n")]
    public void A_header_is_found_also_alone_or_behind_a_byte_order_mark(string head)
    {
        var binding = CsvFormat.Format.Bind(new() { Head = Encoding.UTF8.GetBytes(head) });

        Assert.Equal(LineOutcome.Skip, binding!.CreateParser().Parse(Encoding.UTF8.GetBytes(head.Split('\r', '\n')[0])));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData("10.0.0.1 - - [22/Nov/2026:10:00:00 +0000] \"GET /a,b,c HTTP/1.1\" 200 1\n")]
    [InlineData("{\"time\":1,\"status\":2}\n")]
    [InlineData("time\n")]
    [InlineData("time,,status\n")]
    [InlineData("2026-11-22 10:00:00,123 INFO status, time\n")]
    public void A_file_without_a_header_is_not_this_format(string head) =>
        Assert.Null(CsvFormat.Format.Bind(new() { Head = Encoding.UTF8.GetBytes(head) }));

    [Fact]
    public void Web_log_of_shared_data_gives_the_reference_figures()
    {
        var folder = SharedData.Folder("live-log");
        var content = File.ReadAllBytes(Path.Combine(folder, "weblog.csv"));
        using var reference = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "reference.json")));

        var rows = ReadAll(CsvFormat.Format, content);

        var events = rows.Where(row => row.Contains("method: ")).Select(row => row.Split('\n').Select(line => line.Split(": ", 2)).ToDictionary(pair => pair[0], pair => pair[1])).ToList();
        Assert.Equal(15789, events.Count);
        Assert.Equal(218, rows.Count(row => row.StartsWith("reject", StringComparison.Ordinal)));
        Assert.Equal(1, rows.Count(row => row == "skip"));
        AssertCounts(reference.RootElement.GetProperty("status"), "status");
        AssertCounts(reference.RootElement.GetProperty("methods"), "method");
        Assert.All(reference.RootElement.GetProperty("topPaths").EnumerateArray(), pair => Assert.Equal(pair[1].GetInt32(), events.Count(row => row["path"] == pair[0].GetString())));
        Assert.All(reference.RootElement.GetProperty("topIps").EnumerateArray(), pair => Assert.Equal(pair[1].GetInt32(), events.Count(row => row["client_ip"] == pair[0].GetString())));

        void AssertCounts(JsonElement counts, string column) =>
            Assert.All(counts.EnumerateObject(), count => Assert.Equal(count.Value.GetInt32(), events.Count(row => row[column] == count.Name)));
    }

    [Theory]
    [InlineData("order-service.csv")]
    [InlineData("user-service.csv")]
    public void Metric_windows_of_shared_data_are_all_read(string file)
    {
        var content = File.ReadAllBytes(Path.Combine(SharedData.Folder("service-logs", "metrics-csv"), file));

        var rows = ReadAll(MetricWindowsFormat.Format, content);

        Assert.Equal("skip", rows[0]);
        Assert.All(rows.Skip(1), row => Assert.Contains($"service: {file[..^4]}\n", row, StringComparison.Ordinal));
    }

    [Fact]
    public void Metric_events_of_shared_data_are_all_read()
    {
        var content = File.ReadAllBytes(Path.Combine(SharedData.Folder("service-logs"), "output-kinesis.jsonl"));

        Assert.All(ReadAll(MetricEventsFormat.Format, content), row => Assert.Contains("\nvalue: ", row, StringComparison.Ordinal));
    }

    static List<string> ReadAll(LogFormat format, byte[] content)
    {
        var binding = format.Bind(new() { Head = content.AsMemory(0, Math.Min(content.Length, 65536)) });
        var reader = new EventText(binding!, "file", new NamingRules());
        return [.. Encoding.Latin1.GetString(content).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => string.Join('\n', reader.Read(Encoding.Latin1.GetBytes(line.TrimEnd('\r')))))];
    }

    static void AssertReadAsOracle(LineParser parser, CsvOracle oracle, IReadOnlyList<FormatField> fields, byte[] line)
    {
        var expected = oracle.Read(line);
        var outcome = parser.Parse(line);

        var actual = outcome == LineOutcome.Event ? fields.Select((field, index) => Show(line, field, parser.Fields.Values[index])).ToList() : null;
        Assert.True(
            expected is null ? actual is null : actual is not null && expected.SequenceEqual(actual),
            $"{Encoding.Latin1.GetString(line)}\nexpected {string.Join('|', expected ?? ["a reject"])}\nactual   {string.Join('|', actual ?? [outcome.ToString()])}");
    }

    static string? Show(byte[] line, FormatField field, FieldValue value)
    {
        if (!value.HasValue)
        {
            return null;
        }

        var text = Encoding.Latin1.GetString(line, value.Start, value.Length);
        return field.Type switch
        {
            ColumnType.Text => value.Escape == TextEscape.DoubledQuote ? text.Replace("\"\"", "\"", StringComparison.Ordinal) : text,
            ColumnType.Real => BitConverter.Int64BitsToDouble(value.Number).ToString("R", CultureInfo.InvariantCulture),
            _ => value.Number.ToString(CultureInfo.InvariantCulture),
        };
    }
}
