using System.IO.Compression;

namespace Millrace.Cli.Tests;

/// <summary>Logs for the tests to read.</summary>
static class Some
{
    /// <summary>The end of the day of <see cref="ShopLog"/>, as the command line says it.</summary>
    public const string AsOf = "--as-of 2026-11-22T12:00:00Z";

    /// <summary>Ten calls between four services, in JSON.</summary>
    public static string ShopLog { get; } = Path.Join(Repository.Root, "test/Millrace.Cli.Tests/Samples/shop.json");

    /// <summary>Lines of the combined format, one a second from 2026-11-22T10:00:00Z on, of which every tenth is a 500.</summary>
    public static string CombinedLines(int count) => string.Concat(Enumerable.Range(0, count).Select(CombinedLine));

    public static byte[] Gzip(ReadOnlySpan<byte> bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
        {
            gzip.Write(bytes);
        }

        return packed.ToArray();
    }

    static string CombinedLine(int i)
    {
        var time = new DateTime(2026, 11, 22, 10, 0, 0, DateTimeKind.Utc).AddSeconds(i);
        return string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"203.0.113.{i % 5} - - [{time:dd/MMM/yyyy:HH:mm:ss} +0000] \"GET /orders/{i} HTTP/1.1\" {(i % 10 == 9 ? 500 : 200)} {100 + i} \"-\" \"curl/8.5\"\n");
    }
}
