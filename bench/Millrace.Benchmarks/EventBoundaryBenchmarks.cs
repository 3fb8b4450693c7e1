using BenchmarkDotNet.Attributes;
using Millrace.Parsing.Lines;

namespace Millrace.Benchmarks;

/// <summary>Cutting a block into lines; one operation is one line.</summary>
[MemoryDiagnoser]
public class EventBoundaryBenchmarks : IReadsLines
{
    const int Lines = 4096;

    byte[] _block = [];

    /// <summary>The format whose lines are cut.</summary>
    [Params("common", "combined", "json")]
    public string Format { get; set; } = "combined";

    public double BytesPerLine => (double)_block.Length / Lines;

    [GlobalSetup]
    public void Build() => _block = [.. SomeLines.Of(Format, Lines).SelectMany(line => line.Append((byte)'\n'))];

    [Benchmark(OperationsPerInvoke = Lines)]
    public int TakeLine()
    {
        ReadOnlySpan<byte> rest = _block;
        var length = 0;
        while (!rest.IsEmpty)
        {
            length += EventBoundary.TakeLine(ref rest).Length;
        }

        return length;
    }
}
