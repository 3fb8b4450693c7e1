using System.Globalization;
using System.Text;
using BenchmarkDotNet.Attributes;
using Millrace.Parsing;
using Millrace.Parsing.Formats;

namespace Millrace.Benchmarks;

/// <summary>Whole-line validation and field lookup of the json format, without materialising columns. One operation reads <see cref="LineCount"/> lines.</summary>
[MemoryDiagnoser]
public class JsonFormatBenchmarks : IReadsLines
{
    const int LineCount = 10_000;

    readonly LineParser _parser = JsonFormat.Format.Bind(new FormatInput())!.CreateParser();
    byte[][] _lines = [];

    /// <summary>The kinds of lines: flat access records, nested records in the way of ECS, application messages with escapes.</summary>
    [Params("flat", "nested", "message")]
    public string Shape { get; set; } = "flat";

    public double BytesPerLine => SomeLines.BytesPerLine(_lines);

    /// <summary>Writes the lines.</summary>
    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(1);
        _lines = [.. Enumerable.Range(0, LineCount).Select(index => Encoding.UTF8.GetBytes(LineOf(Shape, index, random)))];
    }

    /// <summary>Reads every line.</summary>
    [Benchmark(OperationsPerInvoke = LineCount)]
    public int Parse()
    {
        var events = 0;
        foreach (var line in _lines)
        {
            events += _parser.Parse(line) == LineOutcome.Event ? 1 : 0;
        }

        return events;
    }

    static string LineOf(string shape, int index, Random random)
    {
        var time = DateTimeOffset.UnixEpoch.AddDays(20_000).AddMilliseconds(index * 37L).ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
        var id = random.Next(1, 100_000);
        var duration = (random.NextDouble() * 900).ToString("F3", CultureInfo.InvariantCulture);
        return shape switch
        {
            "flat" => $$"""{"timestamp":"{{time}}","level":"info","service":"order-service","client_ip":"10.1.{{id % 256}}.7","method":"GET","path":"/api/v1/orders/{{id}}","status":200,"bytes":{{id * 3}},"duration_ms":{{duration}},"user_agent":"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36","trace_id":"4bf92f3577b34da6a3ce929d0e0e4736","pod":"orders-{{id % 9}}"}""",
            "nested" => $$"""{"@timestamp":"{{time}}","log":{"level":"info","logger":"http"},"service":{"name":"order-service","version":"1.4.2"},"http":{"request":{"method":"GET","bytes":312},"response":{"status_code":200,"body":{"bytes":{{id}} } } },"url":{"path":"/api/v1/orders/{{id}}"},"event":{"duration":{{id * 1000}} },"labels":{"team":"sales","zones":["a","b"] } }""",
            _ => $$"""{"ts":{{1_728_000_000 + index}}.{{id % 1000:D3}},"level":"error","logger":"com.example.orders.OrderRepository","thread":"http-nio-8080-exec-{{id % 32}}","msg":"could not load order {{id}}: \"timed out\" after {{duration}} ms\n\tat com.example.orders.OrderRepository.load(OrderRepository.java:{{id % 500}})\n\tat com.example.orders.OrderService.find(OrderService.java:88)"}""",
        };
    }
}
