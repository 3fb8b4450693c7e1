using System.IO.Compression;
using BenchmarkDotNet.Attributes;
using Millrace.Sources;

namespace Millrace.Benchmarks;

/// <summary>Inflating generated lines that are in memory, by our own inflater and by the runtime's; one operation is one line.</summary>
[MemoryDiagnoser]
public class InflaterBenchmarks : IReadsLines
{
    const int Lines = 200_000;

    readonly byte[] _buffer = new byte[1 << 20];
    byte[] _stored = [];

    /// <summary>What is compressed.</summary>
    [Params("combined", "service", "json", "app")]
    public string Format { get; set; } = "combined";

    /// <summary>How well.</summary>
    [Params(CompressionLevel.Fastest, CompressionLevel.Optimal)]
    public CompressionLevel Level { get; set; } = CompressionLevel.Optimal;

    public double BytesPerLine { get; private set; }

    [GlobalSetup]
    public void Build()
    {
        byte[] text = [.. SomeLines.Of(Format, Lines).SelectMany(line => line.Append((byte)'\n'))];
        var stored = new MemoryStream();
        using (var gzip = new GZipStream(stored, Level))
        {
            gzip.Write(text);
        }

        _stored = stored.ToArray();
        BytesPerLine = (double)text.Length / Lines;
    }

    [Benchmark(OperationsPerInvoke = Lines)]
    public long Millrace() => LengthOf(Compression.Decompress(new MemoryStream(_stored)));

    [Benchmark(OperationsPerInvoke = Lines, Baseline = true)]
    public long Runtime() => LengthOf(new GZipStream(new MemoryStream(_stored), CompressionMode.Decompress));

    long LengthOf(Stream stream)
    {
        using var inflated = stream;
        long length = 0;
        while (inflated.Read(_buffer) is var read and > 0)
        {
            length += read;
        }

        return length;
    }
}
