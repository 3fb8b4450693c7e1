using System.Text;
using BenchmarkDotNet.Attributes;
using Millrace.Events;

namespace Millrace.Benchmarks;

/// <summary>Reading times; one operation is one time, each another one than that before.</summary>
[MemoryDiagnoser]
public class TimeTextBenchmarks : IReadsLines
{
    const int Times = 1024;

    static readonly DateTimeOffset Start = new(2026, 11, 22, 10, 0, 0, TimeSpan.Zero);

    readonly LocalZone _zone = new(TimeZoneInfo.Utc);
    byte[][] _texts = [];

    /// <summary>How the times are written.</summary>
    [Params("clf", "iso", "iso local", "epoch seconds", "epoch millis")]
    public string Syntax { get; set; } = "clf";

    public double BytesPerLine => _texts.Average(text => (double)text.Length);

    [GlobalSetup]
    public void Build() => _texts = [.. Enumerable.Range(0, Times).Select(index => Encoding.UTF8.GetBytes(TextOf(Start.AddMilliseconds(index * 1_037L).UtcDateTime)))];

    [Benchmark(OperationsPerInvoke = Times)]
    public long TryReadAny()
    {
        long sum = 0;
        foreach (var text in _texts)
        {
            sum += TimeText.TryReadAny(text, _zone, out var micros) ? micros : throw new InvalidOperationException("A time was not read.");
        }

        return sum;
    }

    string TextOf(DateTime time) => Syntax switch
    {
        "clf" => FormattableString.Invariant($"{time:dd'/'MMM'/'yyyy:HH:mm:ss} +0000"),
        "iso" => FormattableString.Invariant($"{time:yyyy-MM-ddTHH:mm:ss.fff}Z"),
        "iso local" => FormattableString.Invariant($"{time:yyyy-MM-dd HH:mm:ss,fff}"),
        "epoch seconds" => FormattableString.Invariant($"{(time - DateTime.UnixEpoch).TotalSeconds:F3}"),
        _ => FormattableString.Invariant($"{(time - DateTime.UnixEpoch).TotalMilliseconds:F0}"),
    };
}
