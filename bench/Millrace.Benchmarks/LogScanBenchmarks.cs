using BenchmarkDotNet.Attributes;
using Millrace.Events;
using Millrace.Parsing;
using Millrace.Queries.Scanning;
using Millrace.Sources;

namespace Millrace.Benchmarks;

/// <summary>A whole pass over a file in the page cache, to two columns and without DuckDB; one operation is one line.</summary>
[MemoryDiagnoser]
public class LogScanBenchmarks : IReadsLines
{
    const int Lines = 200_000;
    const int RowsAtATime = 2048;

    static readonly OutputColumn[] Columns = [OutputColumn.Of(EventColumn.Timestamp), OutputColumn.Of(EventColumn.Status)];

    readonly string _path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
    FormatBinding _binding = null!;

    /// <summary>The format of the file.</summary>
    [Params("common", "combined", "service", "service-generated", "nginx-timed", "json", "app")]
    public string Format { get; set; } = "combined";

    /// <summary>How many threads read.</summary>
    [Params(1, 2)]
    public int Threads { get; set; } = 1;

    public double BytesPerLine => (double)new FileInfo(_path).Length / Lines;

    [GlobalSetup]
    public void Build()
    {
        File.WriteAllBytes(_path, [.. SomeLines.Of(Format, Lines).SelectMany(line => line.Append((byte)'\n'))]);
        _binding = SomeLines.Bind(Format);
    }

    [GlobalCleanup]
    public void Delete() => File.Delete(_path);

    [Benchmark(OperationsPerInvoke = Lines)]
    public long Scan()
    {
        using var scan = new LogScan([new PlannedFile(new LocalFile(_path), _binding)], new ScanOptions());
        if (Threads == 1)
        {
            return Read(scan);
        }

        long rows = 0;
        Parallel.For(0, Threads, new ParallelOptions { MaxDegreeOfParallelism = Threads }, _ => Interlocked.Add(ref rows, Read(scan)));
        return rows;
    }

    static long Read(LogScan scan)
    {
        var worker = scan.CreateWorker(Columns);
        var sink = default(LengthSink);
        long rows = 0;
        while (worker.Fill(ref sink, RowsAtATime) is var filled and > 0)
        {
            rows += filled;
        }

        return rows;
    }
}
