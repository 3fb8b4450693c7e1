using BenchmarkDotNet.Attributes;
using Millrace.Parsing;

namespace Millrace.Benchmarks;

/// <summary>Lines of each layout to fields; one operation is one line.</summary>
[MemoryDiagnoser]
public class LayoutParserBenchmarks : IReadsLines
{
    const int Lines = 4096;

    LineParser _parser = null!;
    byte[][] _lines = [];

    /// <summary>The format.</summary>
    [Params("common", "combined", "vcombined", "service", "service-generated", "nginx-timed")]
    public string Format { get; set; } = "combined";

    public double BytesPerLine => SomeLines.BytesPerLine(_lines);

    [GlobalSetup]
    public void Build()
    {
        _parser = SomeLines.Bind(Format).CreateParser();
        _lines = SomeLines.Of(Format, Lines);
    }

    [Benchmark(OperationsPerInvoke = Lines)]
    public int Parse()
    {
        var events = 0;
        foreach (var line in _lines)
        {
            events += _parser.Parse(line) == LineOutcome.Event ? 1 : 0;
        }

        return events == Lines ? events : throw new InvalidOperationException("Lines were rejected.");
    }
}
