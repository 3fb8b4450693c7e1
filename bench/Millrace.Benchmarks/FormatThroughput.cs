using System.Diagnostics;
using System.Globalization;
using Millrace.Events;
using Millrace.Parsing;
using Millrace.Queries.Scanning;
using Millrace.Sources;
using Millrace.Tests.Parsing.Formats;

namespace Millrace.Benchmarks;

/// <summary>
/// Bytes a second of every format on one thread: the lines of its cases that are read, repeated to a file of some megabytes in the page cache, scanned to the columns that a
/// report needs. Prints a table as it goes.
/// </summary>
static class FormatThroughput
{
    const int FileBytes = 16 << 20;
    const int RowsAtATime = 2048;
    const int Rounds = 15;

    static readonly OutputColumn[] Columns = [.. new[] { EventColumn.Timestamp, EventColumn.Service, EventColumn.Status, EventColumn.Level, EventColumn.DurationUs }.Select(OutputColumn.Of)];

    /// <summary>Formats of which each file has a header of its own.</summary>
    static readonly string[] WithHeader = ["csv", "metric-windows"];

    /// <summary>Measures the formats of the names, or all.</summary>
    public static int Run(string[] names)
    {
        Console.Out.WriteLine($"{"format",-22} {"MB/s",9} {"M lines/s",10} {"bytes a line",13} {"lines",6}");
        foreach (var format in LogFormats.All.Select(format => format.Name).Where(name => names.Length == 0 || names.Contains(name)))
        {
            Measure(format);
        }

        return 0;
    }

    static void Measure(string format)
    {
        var (binding, lines) = FormatCase.Read(format).Where(found => found.Format == format)
            .GroupBy(found => WithHeader.Contains(format) ? found.Case.Name : string.Join('\n', found.Case.Options.Where(option => option.Key is "format" or "tz" or "map").Select(option => option.ToString())))
            .Select(group => Read(format, [.. group.Select(found => found.Case)]))
            .MaxBy(read => read.Lines.Count);
        if (binding is null)
        {
            throw new InvalidOperationException($"The cases of {format} have no line that is read.");
        }

        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            var (bytes, count) = Write(path, lines);
            var best = Enumerable.Range(0, Rounds).Min(_ => Scan(path, binding, count));
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{format,-22} {bytes / best / 1e6,9:N0} {count / best / 1e6,10:N2} {(double)bytes / count,13:N0} {lines.Count,6}"));
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>The lines of cases that a binding made from them reads.</summary>
    static (FormatBinding? Binding, List<byte[]> Lines) Read(string format, IReadOnlyList<FormatCase> cases)
    {
        var options = cases[0].Options;
        var (name, layout) = LogFormats.Parse(options.GetValueOrDefault("format", format));
        List<byte[]> lines = [.. cases.SelectMany(found => found.Lines).Where(line => !line.Expected.Exists(expected => expected.StartsWith("reject:", StringComparison.Ordinal) || expected == "unbound")).Select(line => line.Input)];
        var binding = LogFormats.Find(name).Bind(new FormatInput
        {
            Head = lines.SelectMany(line => line.Append((byte)'\n')).ToArray(),
            Layout = layout,
            TimeZone = TimeZoneInfo.FindSystemTimeZoneById(options.GetValueOrDefault("tz", "UTC")),
            AsOf = new(2026, 11, 22, 10, 0, 0, TimeSpan.Zero),
        });
        return binding is null ? (null, []) : (binding, lines);
    }

    static (long Bytes, long Lines) Write(string path, List<byte[]> lines)
    {
        using var file = File.Create(path);
        long count = 0;
        for (; file.Length < FileBytes; count += lines.Count)
        {
            foreach (var line in lines)
            {
                file.Write(line);
                file.WriteByte((byte)'\n');
            }
        }

        return (file.Length, count);
    }

    /// <summary>Seconds of one pass.</summary>
    static double Scan(string path, FormatBinding binding, long lines)
    {
        using var scan = new LogScan([new PlannedFile(new LocalFile(path), binding)], new ScanOptions());
        var worker = scan.CreateWorker(Columns);
        var sink = default(LengthSink);
        var start = Stopwatch.GetTimestamp();
        long rows = 0;
        while (worker.Fill(ref sink, RowsAtATime) is var filled and > 0)
        {
            rows += filled;
        }

        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return rows > 0 ? seconds : throw new InvalidOperationException($"None of {lines} lines of {binding.Format} is an event.");
    }
}
