using BenchmarkDotNet.Attributes;
using Millrace.Parsing;

namespace Millrace.Benchmarks;

/// <summary>Taking request lines apart; one operation is one request line.</summary>
[MemoryDiagnoser]
public class RequestLineBenchmarks : IReadsLines
{
    byte[] _text = [];

    /// <summary>What the request is like.</summary>
    [Params("path", "query", "url", "garbage")]
    public string Request { get; set; } = "path";

    public double BytesPerLine => _text.Length;

    [GlobalSetup]
    public void Build() => _text = Request switch
    {
        "path" => "GET /images/products/00163.jpg HTTP/1.1"u8.ToArray(),
        "query" => "GET /search?q=walnut+bowl&page=2&sort=price HTTP/2.0"u8.ToArray(),
        "url" => "GET http://shop.example:8080/products/cedar-basket-116?ref=mail HTTP/1.1"u8.ToArray(),
        _ => """\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"""u8.ToArray(),
    };

    [Benchmark]
    public int Split()
    {
        var request = RequestLine.Split(_text);
        return request.Method.Length + RequestLine.Path(request.Target).Length + RequestLine.Query(request.Target).Length + request.Protocol.Length;
    }
}
