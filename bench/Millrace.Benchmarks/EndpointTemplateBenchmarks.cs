using System.Text;
using BenchmarkDotNet.Attributes;
using Millrace.Events;

namespace Millrace.Benchmarks;

/// <summary>Paths to endpoints; one operation is one path.</summary>
[MemoryDiagnoser]
public class EndpointTemplateBenchmarks : IReadsLines
{
    const int Rounds = 1024;

    readonly byte[] _destination = new byte[1024];
    byte[][] _paths = [];

    /// <summary>What the paths are like: without an id, with numbers, with other ids, or all of these as a web site has them.</summary>
    [Params("words", "numbers", "tokens", "mixed")]
    public string Paths { get; set; } = "";

    public double BytesPerLine => _paths.Average(path => (double)path.Length);

    [GlobalSetup]
    public void Build()
    {
        string[] words = ["/", "/api/orders", "/blog/geekery/ssl-latency.html", "/images/web/logo.png"];
        string[] numbers = ["/api/orders/4711", "/api/v1/users/17/orders/4711", "/img/123.png", "/articles/2015/11/22/title"];
        string[] tokens = ["/users/550e8400-e29b-41d4-a716-446655440000", "/commit/3f2a9c1b", "/static/app.3f2a9c1b.js", "/s/dGhpcyBpcyBhIHRva2VuMTIz"];
        string[] versions = ["/presentations/logstash-monitorama-2013/images/kibana-search.png", "/js/vendor/modernizr-2.8.3.min.js"];
        _paths =
        [
            .. (Paths switch
            {
                "words" => words,
                "numbers" => numbers,
                "tokens" => tokens,
                _ => [.. words, .. words, .. numbers, tokens[0], .. versions],
            }).Select(Encoding.UTF8.GetBytes),
        ];
    }

    [Benchmark(OperationsPerInvoke = Rounds)]
    public int Template()
    {
        var length = 0;
        for (var i = 0; i < Rounds; i++)
        {
            EndpointRules.None.TryTemplate(_paths[i % _paths.Length], _destination, out var written);
            length += written;
        }

        return length;
    }
}
