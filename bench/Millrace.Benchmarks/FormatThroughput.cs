using System.Diagnostics;
using System.Globalization;
using Millrace.Events;
using Millrace.Parsing;
using Millrace.Queries.Scanning;
using Millrace.Sources;
using Millrace.Tests.Parsing.Formats;

namespace Millrace.Benchmarks;

/// <summary>
/// Bytes a second of every format on one thread: a file of some megabytes in the page cache, scanned to the columns that a report needs. Once the lines are those of one writer
/// (<see cref="RegularLines"/>), once those of all cases that are read, which hold every oddity that the format knows. Prints a table as it goes.
/// </summary>
static class FormatThroughput
{
    const int FileBytes = 16 << 20;
    const int RowsAtATime = 2048;
    const int Rounds = 15;

    static readonly OutputColumn[] Columns = [.. new[] { EventColumn.Timestamp, EventColumn.Service, EventColumn.Status, EventColumn.Level, EventColumn.DurationUs }.Select(OutputColumn.Of)];

    /// <summary>Formats of which each file has a header of its own.</summary>
    static readonly string[] WithHeader = ["csv", "metric-windows"];

    /// <summary>The lines of a file: what stands above the others, those others, and the format fixed for them.</summary>
    readonly record struct Input(FormatBinding? Binding, List<byte[]> Top, List<byte[]> Lines);

    /// <summary>Measures the formats of the names, or all.</summary>
    public static int Run(string[] names)
    {
        Console.Out.WriteLine("| format | one writer, MB/s | M lines/s | bytes a line | all cases, MB/s | M lines/s | bytes a line | lines |");
        Console.Out.WriteLine("|---|--:|--:|--:|--:|--:|--:|--:|");
        foreach (var format in LogFormats.All.Select(format => format.Name).Where(name => names.Length == 0 || names.Contains(name)))
        {
            List<FormatCase> cases = [.. FormatCase.Read(format).Where(found => found.Format == format).Select(found => found.Case)];
            var all = AllCases(format, cases);
            Console.Out.WriteLine($"| {format} | {Measure(Regular(format, cases))} | {Measure(all)} | {all.Lines.Count} |");
        }

        return 0;
    }

    /// <summary>The first case with a line that is read, as one writer goes on to write it.</summary>
    static Input Regular(string format, List<FormatCase> cases)
    {
        foreach (var found in cases)
        {
            if (Read(format, [found]) is { Binding: { } binding } read && RegularLines.Of(binding, read.Lines) is { Lines.Count: > 0 } regular)
            {
                return new(binding, regular.Top, regular.Lines);
            }
        }

        throw new InvalidOperationException($"The cases of {format} have no line that is read.");
    }

    /// <summary>The lines of all cases that are read with the same settings; of several settings those with the most lines.</summary>
    static Input AllCases(string format, List<FormatCase> cases) => cases
        .GroupBy(found => WithHeader.Contains(format) ? found.Name : string.Join('\n', found.Options.Where(option => option.Key is "format" or "tz" or "map").Select(option => option.ToString())))
        .Select(group => Read(format, [.. group]))
        .MaxBy(read => read.Lines.Count);

    /// <summary>The lines of cases that a binding made from them reads.</summary>
    static Input Read(string format, IReadOnlyList<FormatCase> cases)
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
        return binding is null ? new(null, [], []) : new(binding, [], lines);
    }

    /// <summary>Three cells of the table, of the quickest of some passes.</summary>
    static string Measure(Input input)
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            var (bytes, count) = Write(path, input);
            var best = Enumerable.Range(0, Rounds).Min(_ => Scan(path, input.Binding!, count));
            return string.Create(CultureInfo.InvariantCulture, $"{bytes / best / 1e6:N0} | {count / best / 1e6:N2} | {(double)bytes / count:N0}");
        }
        finally
        {
            File.Delete(path);
        }
    }

    static (long Bytes, long Lines) Write(string path, Input input)
    {
        using var file = new BufferedStream(File.Create(path), 1 << 20);
        Write(file, input.Top);
        long count = 0;
        for (; file.Length < FileBytes; count += input.Lines.Count)
        {
            Write(file, input.Lines);
        }

        return (file.Length, count);
    }

    static void Write(Stream file, List<byte[]> lines)
    {
        foreach (var line in lines)
        {
            file.Write(line);
            file.WriteByte((byte)'\n');
        }
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
