using System.Text;
using BenchmarkDotNet.Attributes;
using Millrace.Parsing;
using Millrace.Parsing.Formats;

namespace Millrace.Benchmarks;

/// <summary>Lines of application logs to fields, with the question whether each starts an event. Each operation reads <see cref="Lines"/> lines.</summary>
[MemoryDiagnoser]
public class AppFormatBenchmarks : IReadsLines
{
    const int Lines = 4096;

    readonly LineParser _parser = AppFormat.Format.Bind(new FormatInput())!.CreateParser();
    byte[] _line = [];

    /// <summary>The layout of the lines.</summary>
    [Params("logback", "hadoop", "serilog", "nlog", "python", "spring")]
    public string Layout { get; set; } = "";

    public double BytesPerLine => _line.Length + 1;

    [GlobalSetup]
    public void Build() => _line = Encoding.UTF8.GetBytes(Layout switch
    {
        "logback" => "2026-11-22 10:00:00,123 [http-nio-8080-exec-17] INFO  com.example.shop.OrderService - order 4711 was accepted after 17 ms",
        "hadoop" => "2015-10-18 18:04:28,800 INFO [IPC Server handler 19 on 62270] org.apache.hadoop.mapred.TaskAttemptListenerImpl: Progress of TaskAttempt attempt_1445144423722_0020_m_000009_0 is : 0.295472",
        "serilog" => "2026-11-22 10:00:00.123 +00:00 [INF] HTTP GET /orders/4711 responded 200 in 17.2 ms for a customer with a long name",
        "nlog" => "2026-11-22 10:00:00.1234|INFO|Example.Shop.OrderService|order 4711 was accepted after 17 ms for a customer",
        "python" => "2026-11-22 10:00:00,123 - example.shop.orders - INFO - order 4711 was accepted after 17 ms for a customer",
        _ => "2026-11-22T10:00:00.123Z  INFO 12345 --- [shop] [nio-8080-exec-17] c.example.shop.OrderService              : order 4711 was accepted",
    });

    [Benchmark(OperationsPerInvoke = Lines)]
    public int Parse()
    {
        var events = 0;
        for (var i = 0; i < Lines; i++)
        {
            events += _parser.StartsEvent(_line) && _parser.Parse(_line) == LineOutcome.Event ? 1 : 0;
        }

        return events;
    }
}
