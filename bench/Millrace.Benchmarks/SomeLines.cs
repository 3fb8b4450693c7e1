using System.Text;
using Millrace.Generation;
using Millrace.Parsing;

namespace Millrace.Benchmarks;

/// <summary>Generated lines, without line breaks, of formats; <c>nginx-timed</c> is combined with request and upstream times behind it.</summary>
static class SomeLines
{
    const string Timed = "$remote_addr - $remote_user [$time_local] \"$request\" $status $body_bytes_sent \"$http_referer\" \"$http_user_agent\" $request_time \"$upstream_response_time\"";

    static readonly DateTimeOffset Start = new(2026, 11, 22, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The first lines of a log of a format.</summary>
    public static byte[][] Of(string format, int count) => [.. TextOf(format, count).TrimEnd().Split('\n').Select(Encoding.UTF8.GetBytes)];

    /// <summary>A format, fixed for these lines.</summary>
    public static FormatBinding Bind(string format) => format == "nginx-timed"
        ? LogFormats.Find("nginx").Bind(new FormatInput { Layout = Timed })!
        : LogFormats.Find(format).Bind(new FormatInput())!;

    /// <summary>The mean size of lines, with their line breaks.</summary>
    public static double BytesPerLine(IReadOnlyList<byte[]> lines) => lines.Average(line => line.Length + 1.0);

    static string TextOf(string format, int count) => format switch
    {
        "combined" => Generated(LogKind.Combined, count),
        "service" => Generated(LogKind.Service, count),
        "json" => Generated(LogKind.Json, count),
        "app" => Generated(LogKind.App, count),
        "common" => Changed(count, (line, _) => line[..line.IndexOf(" \"", line.IndexOf("\" ", StringComparison.Ordinal), StringComparison.Ordinal)]),
        "vcombined" => Changed(count, (line, _) => $"shop.example:443 {line}"),
        "service-generated" => Changed(count, (_, index) =>
            $"<masked>  - service-{index % 7} \"POST /api/v1/orders/{index}\" {(index % 50 == 0 ? 500 : 200)} [{Start.AddMilliseconds(index * 37L).UtcDateTime:yyyy-MM-ddTHH:mm:ss.fff}Z] \"Apache HTTP Client\""),
        _ => Changed(count, (line, index) => $"{line} 0.{index % 1000:D3} \"0.{index % 990:D3}\""),
    };

    static string Changed(int count, Func<string, int, string> change) =>
        string.Join('\n', Generated(LogKind.Combined, count).TrimEnd().Split('\n').Select(change));

    static string Generated(LogKind kind, int count)
    {
        using var stream = new MemoryStream();
        var profile = new LoadProfile(Start, Start.AddHours(1)) { Count = count, Seed = 1 };
        LogGenerator.Create(kind, profile).WriteAsync(GenerationOutput.ToStream(stream), progress: null, clock: null, CancellationToken.None).GetAwaiter().GetResult();
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
