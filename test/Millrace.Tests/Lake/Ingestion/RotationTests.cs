using System.IO.Compression;
using System.Text;
using Millrace.Lake.Ingestion;
using Millrace.Sources;

namespace Millrace.Tests.Lake.Ingestion;

/// <summary>A log that is rotated under the nose of whoever ingests it is in exactly once.</summary>
public sealed class RotationTests : IDisposable
{
    readonly TemporaryLake _lake = new();

    public void Dispose() => _lake.Dispose();

    [Fact]
    public async Task A_renamed_log_is_read_on_from_where_it_was()
    {
        var log = _lake.Log("app.log", Lines(0, 50));
        await IngestAsync(log);
        File.AppendAllText(log, Lines(50, 60));
        File.Move(log, log + ".1");
        _lake.Log("app.log", Lines(60, 75));

        var result = await IngestAsync(log, log + ".1");

        Assert.Equal(25, result.Events);
        await HoldsAsync(75);
    }

    [Fact]
    public async Task A_copy_and_the_log_that_was_cut_short_after_it_are_told_apart()
    {
        var log = _lake.Log("app.log", Lines(0, 50));
        await IngestAsync(log);
        File.AppendAllText(log, Lines(50, 60));
        File.Copy(log, log + ".1");

        // Between the copy and the cut, both hold the same lines.
        var between = await IngestAsync(log, log + ".1");
        _lake.Log("app.log", Lines(60, 200));
        var after = await IngestAsync(log, log + ".1");

        Assert.Equal((10L, 140L), (between.Events, after.Events));
        await HoldsAsync(200);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(40)]
    public async Task A_compressed_rotation_adds_only_what_was_not_read_before(int more)
    {
        var log = _lake.Log("app.log", Lines(0, 5000));
        await IngestAsync(log);
        File.AppendAllText(log, Lines(5000, 5000 + more));
        Compress(log, log + ".1.gz");
        _lake.Log("app.log", Lines(5000 + more, 6000));

        var first = await IngestAsync(log + ".1.gz", log);
        File.Move(log + ".1.gz", log + ".2.gz");
        var again = await IngestAsync(log, log + ".2.gz");

        Assert.Equal((1000L, 0L), (first.Events, again.Events));
        await HoldsAsync(6000);
        Assert.Equal([$"{Math.Max(5000 + more, 1000 - more)}"], await _lake.RowsAsync("SELECT MAX(line) FROM events"));
    }

    [Fact]
    public async Task A_log_that_begins_as_another_did_is_read_when_it_goes_on_otherwise()
    {
        var banner = "# service started\n# version 1\n";
        var log = _lake.Log("app.log", banner + Lines(0, 20));
        await IngestAsync(log);
        _lake.Log("app.log", banner + Lines(100, 400));

        await IngestAsync(log);
        var again = await IngestAsync(log);

        Assert.Equal(1, again.Known);
        Assert.Equal(["320|320"], await _lake.RowsAsync("SELECT COUNT(*), COUNT(DISTINCT bytes) FROM events"));
    }

    [Fact]
    public async Task Another_log_in_the_folder_that_begins_alike_is_another()
    {
        var one = _lake.Log("web-1.log", Lines(0, 20));
        var other = _lake.Log("web-2.log", Lines(0, 20));
        await IngestAsync(one);

        Assert.Equal(20, (await IngestAsync(other)).Events);
    }

    [Fact]
    public async Task A_line_without_its_break_waits_while_the_file_grows_and_no_longer()
    {
        var log = _lake.Log("app.log", Lines(0, 3) + Lines(3, 4).TrimEnd('\n'));
        var growing = await IngestAsync(log);
        var same = await IngestAsync(log);
        var settled = await new LakeIngest(_lake.Table, Options).RunAsync([new LocalFile(log)], default);

        Assert.Equal((3L, 0L, 1L), (growing.Events, same.Events, settled.Events));
        await HoldsAsync(4);
    }

    [Fact]
    public async Task A_first_line_without_its_break_waits_too()
    {
        var log = _lake.Log("app.log", Lines(0, 1).TrimEnd('\n'));

        var result = await IngestAsync(log);

        Assert.Equal((0L, 1L, -1L), (result.Events, result.Waiting, result.Version));
    }

    [Fact]
    public async Task A_compressed_file_that_is_still_written_waits()
    {
        var plain = _lake.Log("plain", Lines(0, 4000));
        Compress(plain, plain + ".whole");
        var bytes = File.ReadAllBytes(plain + ".whole");
        var log = _lake.Log("app.log.gz", "");
        File.WriteAllBytes(log, bytes[..(bytes.Length / 2)]);
        var cut = await IngestAsync(log);
        File.WriteAllBytes(log, bytes);
        var whole = await IngestAsync(log);

        Assert.Equal((0L, 1L, 4000L), (cut.Events, cut.Waiting, whole.Events));
    }

    [Fact]
    public async Task A_file_is_the_same_however_its_path_is_written()
    {
        var log = _lake.Log("app.log", Lines(0, 10));
        await IngestAsync(log);

        Assert.Equal(1, (await IngestAsync(Path.GetRelativePath(Environment.CurrentDirectory, log))).Known);
    }

    [Fact]
    public async Task A_file_that_is_replaced_while_it_is_read_is_not_in()
    {
        var log = _lake.Log("app.log", Lines(0, 50));
        var ingest = new LakeIngest(_lake.Table, Options) { Scanning = _ => _lake.Log("app.log", Lines(500, 600)) };

        var failure = await Assert.ThrowsAsync<UserException>(() => ingest.RunAsync([new LocalFile(log)], default));

        Assert.Contains("app.log' was replaced or cut short while it was read; nothing of it was ingested. Run again.", failure.Message, StringComparison.Ordinal);
        Assert.Equal(100, (await IngestAsync(log)).Events);
    }

    [Fact]
    public async Task A_file_that_no_format_reads_is_not_marked_as_read()
    {
        var log = _lake.Log("app.log", string.Concat(Enumerable.Repeat("\u0001\u0002 no log\n", 10)));
        var options = Options with { Query = TemporaryLake.Options with { NeedsNoLog = true } };
        var unread = await new LakeIngest(_lake.Table, options).RunAsync([new LocalFile(log)], default);
        _lake.Log("app.log", Lines(0, 10));

        var result = await IngestAsync(log);

        Assert.Equal([log], unread.Unread);
        Assert.Equal((-1L, 0L, 10L), (unread.Version, unread.Commits, result.Events));
    }

    /// <summary>Lines of which each is told from every other by its bytes.</summary>
    public static string Lines(int from, int to) => string.Concat(Enumerable.Range(from, to - from).Select(i =>
        $"10.0.0.{i % 250} - - [22/Nov/2026:{10 + (i / 3600 % 10)}:{i / 60 % 60:00}:{i % 60:00} +0000] \"GET /a/{i} HTTP/1.1\" 200 {i} \"-\" \"agent\"\n"));

    static IngestOptions Options => new() { Query = TemporaryLake.Options };

    Task<IngestResult> IngestAsync(params string[] logs) => new LakeIngest(_lake.Table, Options).RunAsync([.. logs.Select(log => new LocalFile(log) { IsGrowing = true })], default);

    async Task HoldsAsync(int lines) => Assert.Equal([$"{lines}|{lines}|0|{lines - 1}"], await _lake.RowsAsync("SELECT COUNT(*), COUNT(DISTINCT bytes), MIN(bytes), MAX(bytes) FROM events"));

    static void Compress(string from, string to)
    {
        using (var target = new GZipStream(File.Create(to), CompressionLevel.Fastest))
        {
            target.Write(Encoding.UTF8.GetBytes(File.ReadAllText(from)));
        }

        File.Delete(from);
    }
}
