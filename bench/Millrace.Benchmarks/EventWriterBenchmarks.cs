using BenchmarkDotNet.Attributes;
using Millrace.Events;
using Millrace.Parsing;

namespace Millrace.Benchmarks;

/// <summary>Making columns from lines of the combined format that are parsed already; one operation is one line.</summary>
[MemoryDiagnoser]
public class EventWriterBenchmarks : IReadsLines
{
    const int Lines = 512;

    EventWriter _writer = null!;
    byte[][] _lines = [];
    LineFields[] _fields = [];

    /// <summary>Which columns are asked for.</summary>
    [Params("status, bytes", "method, path", "endpoint", "user_agent", "raw", "all")]
    public string Columns { get; set; } = "all";

    public double BytesPerLine => SomeLines.BytesPerLine(_lines);

    [GlobalSetup]
    public void Build()
    {
        var binding = SomeLines.Bind("combined");
        var columns = Columns == "all" ? OutputColumn.Events : [.. Columns.Split(", ").Select(name => OutputColumn.Of(ColumnOf(name)))];
        _writer = new EventWriter(binding, "access.log", columns, new NamingRules());
        _lines = SomeLines.Of("combined", Lines);
        _fields = [.. _lines.Select(line => FieldsOf(binding, line))];
    }

    [Benchmark(OperationsPerInvoke = Lines)]
    public long Write()
    {
        var sink = default(LengthSink);
        for (var i = 0; i < _lines.Length; i++)
        {
            _writer.Write(_lines[i], _fields[i], i, ref sink);
        }

        return sink.Sum;
    }

    static EventColumn ColumnOf(string name) =>
        EventColumns.TryFind(name, out var column) ? column : throw new InvalidOperationException($"There is no column {name}.");

    static LineFields FieldsOf(FormatBinding binding, byte[] line)
    {
        var parser = binding.CreateParser();
        parser.Parse(line);
        return parser.Fields;
    }
}
