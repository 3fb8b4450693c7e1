using System.Globalization;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace Millrace.Benchmarks;

/// <summary>A benchmark whose operation is a line, or another piece of text.</summary>
interface IReadsLines
{
    /// <summary>The mean size of what an operation reads, in bytes with the line break; set up as for a run.</summary>
    double BytesPerLine { get; }
}

/// <summary>A column of what is read in a second, made from the mean time of an operation.</summary>
sealed class Throughput(string name, string legend, Func<double, double, double> perSecond) : IColumn
{
    /// <summary>Millions of bytes a second.</summary>
    public static Throughput Bytes { get; } = new("MB/s", "Millions of bytes read in a second", (seconds, bytes) => bytes / seconds / 1e6);

    /// <summary>Millions of lines a second.</summary>
    public static Throughput Lines { get; } = new("M lines/s", "Millions of lines read in a second", (seconds, _) => 1 / seconds / 1e6);

    public string Id => name;

    public string ColumnName => name;

    public string Legend => legend;

    public bool AlwaysShow => true;

    public ColumnCategory Category => ColumnCategory.Custom;

    public int PriorityInCategory => 0;

    public bool IsNumeric => true;

    public UnitType UnitType => UnitType.Dimensionless;

    public bool IsAvailable(Summary summary) => true;

    public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => false;

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase) =>
        summary[benchmarkCase]?.ResultStatistics is { } times && BytesPerLine(benchmarkCase) is { } bytes
            ? perSecond(times.Mean / 1e9, bytes).ToString("N1", CultureInfo.InvariantCulture)
            : "-";

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style) => GetValue(summary, benchmarkCase);

    static double? BytesPerLine(BenchmarkCase benchmarkCase)
    {
        if (Activator.CreateInstance(benchmarkCase.Descriptor.Type) is not IReadsLines benchmark)
        {
            return null;
        }

        foreach (var parameter in benchmarkCase.Parameters.Items)
        {
            benchmarkCase.Descriptor.Type.GetProperty(parameter.Name)!.SetValue(benchmark, parameter.Value);
        }

        benchmarkCase.Descriptor.GlobalSetupMethod?.Invoke(benchmark, null);
        var bytes = benchmark.BytesPerLine;
        benchmarkCase.Descriptor.GlobalCleanupMethod?.Invoke(benchmark, null);
        return bytes;
    }
}
