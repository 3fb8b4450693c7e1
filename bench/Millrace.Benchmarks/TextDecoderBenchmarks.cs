using BenchmarkDotNet.Attributes;
using Millrace.Parsing;

namespace Millrace.Benchmarks;

/// <summary>Decoding the text of a field; one operation is one text.</summary>
[MemoryDiagnoser]
public class TextDecoderBenchmarks : IReadsLines
{
    readonly TextDecoder _decoder = new();
    byte[] _text = [];
    TextEscape _escape;

    /// <summary>What the text is like.</summary>
    [Params("plain", "quoted", "quoted with escapes", "json with escapes", "invalid UTF-8")]
    public string Text { get; set; } = "plain";

    public double BytesPerLine => _text.Length;

    [GlobalSetup]
    public void Build() => (_text, _escape) = Text switch
    {
        "plain" => ("/api/v1/orders/4711/items?page=2&size=50"u8.ToArray(), TextEscape.None),
        "quoted" => ("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0"u8.ToArray(), TextEscape.Backslash),
        "quoted with escapes" => ("""Mozilla/5.0 (\"compatible\"; \xd0\xb1ot) caf\xc3\xa9"""u8.ToArray(), TextEscape.Backslash),
        "json with escapes" => ("""could not load order 17: \"timed out\"\n\tat com.example.OrderRepository.load \u00e9"""u8.ToArray(), TextEscape.Json),
        _ => ([.. "GET /caf"u8, 0xe9, .. "/menu HTTP/1.1"u8], TextEscape.None),
    };

    [Benchmark]
    public int Decode() => _decoder.Decode(_text, _escape).Length;
}
