using System.Text;
using BenchmarkDotNet.Attributes;
using Millrace.Errors.Templates;

namespace Millrace.Benchmarks;

/// <summary>Messages to templates; one operation is one message of a shape that was seen before, as nearly all are.</summary>
[MemoryDiagnoser]
public class TemplateMinerBenchmarks : IReadsLines
{
    const int Rounds = 1024;

    readonly TemplateMiner _miner = new();
    byte[][] _messages = [];

    /// <summary>What the messages are like: plain words, words with what varies among them, or long lists.</summary>
    [Params("words", "mixed", "lists")]
    public string Messages { get; set; } = "";

    public double BytesPerLine => _messages.Average(message => (double)message.Length);

    [GlobalSetup]
    public void Build()
    {
        string[] words = ["Starting the scheduler", "Connection to the database was lost and is tried again", "Cache is warm"];
        string[] mixed =
        [
            "Order 4711 of anna@example.org was paid in 12ms via 10.0.0.7:8080", "GET /api/orders/17 took 3.5 ms, status=500 user=bob",
            "Cannot open '/var/data/part-00017.parquet': Permission denied (errno 13)", "session 6ba7b810-9dad-11d1-80b4-00c04fd430c8 expired after 30 min",
        ];
        string[] lists = ["fan speeds ( 3552 3534 3375 4245 3515 3479 )", "replicas: 10.0.0.1:50010 10.0.0.2:50010 10.0.0.3:50010 10.0.0.4:50010 of block blk_1608999687919862906"];
        _messages = [.. (Messages switch { "words" => words, "mixed" => mixed, _ => lists }).Select(Encoding.UTF8.GetBytes)];
    }

    [Benchmark(OperationsPerInvoke = Rounds)]
    public int Add()
    {
        var shapes = 0;
        for (var i = 0; i < Rounds; i++)
        {
            shapes += _miner.Add(_messages[i % _messages.Length]);
        }

        return shapes;
    }
}
