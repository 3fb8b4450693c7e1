using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using Millrace.Lake.Upkeep;
using Millrace.Tests.Queries;

namespace Millrace.Tests.Lake.Ingestion;

/// <summary>Lakes whose logs were written before marks had texts: the identifiers of sources are made here by hand, as they lie in such logs.</summary>
public sealed class OlderLedgerTests : IDisposable
{
    readonly TemporaryLake _lake = new();

    public void Dispose() => _lake.Dispose();

    [Fact]
    public async Task What_an_older_log_says_is_in_is_not_read_again()
    {
        string[] logs = [.. Enumerable.Range(0, 5).Select(i => _lake.Log($"{i}.log", Some.Combined(3 + (i * 40))))];
        Write(0, [.. Begin(), .. logs.SelectMany(log => Identifiers(log))]);

        var result = await _lake.IngestAsync(logs);

        Assert.Equal((0L, 5L, 0L), (result.Version, result.Known, result.Events));
        Assert.Equal(5, LakeStatus.Of(await _lake.Table.ReadAsync(default)).Sources);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_source_of_an_older_log_goes_on_under_the_identifiers_that_it_has(bool hasTail)
    {
        var log = _lake.Log("a.log", Some.Combined(50));
        Write(0, [.. Begin(), .. Identifiers(log, hasTail)]);
        File.AppendAllText(log, Some.Combined(7));

        var result = await _lake.IngestAsync(log);

        Assert.Equal((1L, 7L), (result.Version, result.Events));
        Assert.Equal(["51|57"], await _lake.RowsAsync("SELECT MIN(line), MAX(line) FROM events"));
        Assert.Equal(Identifiers(log), Transactions(1));
    }

    [Fact]
    public async Task A_new_source_has_the_identifiers_that_it_would_have_in_an_older_log()
    {
        var log = _lake.Log("a.log", Some.Combined(3));

        await _lake.IngestAsync(log);

        Assert.Equal(Identifiers(log), Transactions(0));
    }

    static string[] Begin() =>
    [
        """{"protocol":{"minReaderVersion":1,"minWriterVersion":2}}""",
        """{"metaData":{"id":"6f1c","format":{"provider":"parquet","options":{}},"schemaString":"{}","partitionColumns":["dt"],"configuration":{}}}""",
    ];

    /// <summary>The identifiers of a file that has been read as a whole.</summary>
    static string[] Identifiers(string log, bool hasTail = true)
    {
        var bytes = File.ReadAllBytes(log);
        var headLength = Math.Min(4096, bytes.Length);
        var identity = $"head-{headLength}-{Convert.ToHexStringLower(SHA256.HashData(bytes.AsSpan(0, headLength)))[..32]}:{log}";
        var name = JsonEncodedText.Encode(identity, JavaScriptEncoder.UnsafeRelaxedJsonEscaping);
        var tail = BinaryPrimitives.ReadInt64LittleEndian(SHA256.HashData(bytes.AsSpan(Math.Max(0, bytes.Length - 1024)))) & long.MaxValue;
        string[] read = [Line("bytes", bytes.Length), Line("lines", bytes.Count(one => one == '\n'))];
        return hasTail ? [.. read, Line("tail", tail)] : read;

        string Line(string what, long number) =>
            string.Create(CultureInfo.InvariantCulture, $$$"""{"txn":{"appId":"source:{{{what}}}:{{{name}}}","version":{{{number}}},"lastUpdated":1}}""");
    }

    void Write(int version, string[] lines)
    {
        var folder = Directory.CreateDirectory(Path.Join(_lake.Path, "events/_delta_log")).FullName;
        File.WriteAllLines(Path.Join(folder, $"{version:D20}.json"), [.. lines, """{"commitInfo":{"timestamp":1,"operation":"WRITE"}}"""]);
    }

    /// <summary>The identifiers of a commit, all at the same time.</summary>
    string[] Transactions(int version) =>
    [
        .. File.ReadLines(Path.Join(_lake.Path, $"events/_delta_log/{version:D20}.json"))
            .Where(line => line.StartsWith("{\"txn\"", StringComparison.Ordinal))
            .Select(line => $"{line[..line.LastIndexOf(':')]}:1}}}}"),
    ];
}
