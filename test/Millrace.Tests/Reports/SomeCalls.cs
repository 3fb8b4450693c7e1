using System.Globalization;
using Millrace.Reports;

namespace Millrace.Tests.Reports;

/// <summary>Calls with random durations, few and many of a kind, and what every report must say of them.</summary>
static class SomeCalls
{
    static readonly string[] Rising = ["p50DurationMs", "p95DurationMs", "p99DurationMs", "maxDurationMs"];
    static readonly DateTimeOffset Start = new(2026, 11, 20, 21, 30, 0, TimeSpan.Zero);

    /// <summary>Every report that says how long calls took, with what it is asked by.</summary>
    public static TheoryData<string, string?> ReportsWithQuantiles => new(ReportTable.OfSql
        .Where(report => report.Measures.Contains("p95DurationMs"))
        .SelectMany(report => report.Parts.Keys.Append(null).Select(part => (report.Name, part))));

    public static IReadOnlyList<Call> From(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => From(random))];

    /// <summary>Asserts that p50 &lt;= p95 &lt;= p99 &lt;= the longest duration of the calls that a row is of.</summary>
    public static void AssertQuantiles(IReadOnlyList<Dictionary<string, string?>> rows, IReadOnlyList<Call> calls, string message)
    {
        Assert.True(rows.Any(row => row["p95DurationMs"] is not null), $"{message}: no row has durations.");
        foreach (var row in rows)
        {
            var longest = calls.Where(call => call.IsOf(row)).Max(call => call.DurationUs);
            double?[] rising = [.. Rising.Where(row.ContainsKey).Select(column => Number(row[column])), longest / 1000.0];

            Assert.True(
                longest is null ? rising.All(value => value is null) : rising.Zip(rising.Skip(1)).All(pair => pair.First <= pair.Second),
                $"{message}: {string.Join(", ", row.Select(cell => $"{cell.Key}={cell.Value}"))}; the longest took {longest} us.");
        }
    }

    static Call From(Random random) => new(
        Start.AddMicroseconds(random.NextInt64(52L * 3600 * 1_000_000)),
        $"s{random.Next(4)}",
        random.Next(3) == 0 ? null : $"c{random.Next(3)}",
        $"/p{(char)('a' + random.Next(6))}",
        random.Next(20) switch { 0 => 500, 1 => 418, _ => 200 },
        random.Next(5) == 0 ? null : random.Next(8) == 0 ? random.Next(3) : (long)Math.Exp(random.NextDouble() * 17));

    static double? Number(string? text) => text is null ? null : double.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>A call.</summary>
    public sealed record Call(DateTimeOffset Time, string Service, string? Caller, string Path, int Status, long? DurationUs)
    {
        public string Json
        {
            get
            {
                var caller = Caller is null ? "" : $"\"caller\":\"{Caller}\",";
                var duration = DurationUs is null ? "" : $"\"duration_us\":{DurationUs},";
                return $$"""{"time":"{{Time:yyyy-MM-ddTHH:mm:ss.ffffffZ}}","service":"{{Service}}",{{caller}}{{duration}}"method":"GET","path":"{{Path}}","status":{{Status}}}""";
            }
        }

        /// <summary>True where a row of a report counts it.</summary>
        public bool IsOf(Dictionary<string, string?> row) => row.All(cell => cell.Key switch
        {
            "service" or "target" => cell.Value == Service,
            "source" => cell.Value == (Caller ?? "external"),
            "endpoint" => cell.Value == Path,
            "status" => cell.Value == Status.ToString(CultureInfo.InvariantCulture),
            "hour" => cell.Value == $"{Time:yyyy-MM-ddTHH}:00:00Z",
            "day" => cell.Value == $"{Time:yyyy-MM-dd}T00:00:00Z",
            _ => true,
        });
    }
}
