using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Millrace.Generation;

namespace Millrace.Tests.Generation;

public partial class LogGeneratorTests
{
    public static TheoryData<LogKind> Kinds => [LogKind.Combined, LogKind.Json, LogKind.Service, LogKind.App];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task First_lines_are_the_golden_text(LogKind kind)
    {
        var profile = new LoadProfile(Some.Noon.AddHours(-2), Some.Noon) { Count = 40, ErrorShare = 0.1, InvalidShare = 0.05 };
        var golden = Path.Combine(Some.Root(), "test", "Millrace.Tests", "Generation", "Golden", $"{kind.ToString().ToLowerInvariant()}.txt");

        var bytes = await Some.BytesAsync(kind, profile);

        if (Environment.GetEnvironmentVariable("MILLRACE_WRITE_GOLDEN") == "1")
        {
            await File.WriteAllBytesAsync(golden, bytes, TestContext.Current.CancellationToken);
        }

        Assert.Equal(Encoding.Latin1.GetString(File.ReadAllBytes(golden)), Encoding.Latin1.GetString(bytes));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task The_seed_decides_the_bytes(LogKind kind)
    {
        var profile = Some.Profile(9_000);

        var first = await Some.BytesAsync(kind, profile);

        Assert.Equal(first, await Some.BytesAsync(kind, profile));
        Assert.NotEqual(first, await Some.BytesAsync(kind, profile with { Seed = 2 }));
    }

    [Fact]
    public async Task Every_combined_line_is_well_formed()
    {
        var lines = await Some.LinesAsync(LogKind.Combined, Some.Profile(30_000));

        Assert.Equal(30_000, lines.Length);
        Assert.All(lines, line => Assert.Matches(CombinedLine(), line));
        Assert.Contains(lines, line => line.Contains("\" 304 - \"", StringComparison.Ordinal));
        Assert.InRange(lines.Count(line => ErrorStatus().IsMatch(line)), 200, 400);
        Assert.InRange(lines.Select(line => line.Split('"')[^2]).Distinct().Count(), 45, 60);
    }

    [Fact]
    public async Task Cardinalities_are_those_of_the_profile()
    {
        var lines = await Some.LinesAsync(LogKind.Combined, Some.Profile(60_000) with { Clients = 50, Paths = 30 });

        Assert.Equal(50, lines.Select(line => line.Split(' ')[0]).Distinct().Count());
        Assert.Equal(30, lines.Select(line => line.Split(' ')[6].Split('?')[0] + line.Split(' ')[5]).Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Times_lie_in_the_range_and_rise_but_for_a_little(LogKind kind)
    {
        var profile = new LoadProfile(Some.Noon.AddMinutes(-9), Some.Noon) { Count = 20_000, ErrorShare = 0 };

        var times = (await Some.LinesAsync(kind, profile)).Select(TimeOf).ToList();

        Assert.All(times, time => Assert.InRange(time, profile.Start, profile.End));
        Assert.All(times.Zip(times.Skip(1)), pair => Assert.True(pair.Second > pair.First.AddSeconds(-30)));
        Assert.Contains(times.Zip(times.Skip(1)), pair => pair.Second < pair.First);
    }

    [Fact]
    public async Task JSON_lines_are_objects_whose_traces_follow_the_call_graph()
    {
        var events = (await Some.LinesAsync(LogKind.Json, Some.Profile(20_000))).Select(line => JsonDocument.Parse(line).RootElement).ToList();

        Assert.Equal(7, events.Select(e => e.GetProperty("service").GetString()).Distinct().Count());
        foreach (var trace in events.GroupBy(e => e.GetProperty("trace_id").GetString()))
        {
            var services = trace.Select(e => e.GetProperty("service").GetString()).ToHashSet();
            Assert.Equal("web-gateway", trace.First().GetProperty("service").GetString());
            Assert.Equal(JsonValueKind.Null, trace.First().GetProperty("caller").ValueKind);
            Assert.All(trace.Skip(1), e => Assert.Contains(e.GetProperty("caller").GetString(), services));
            Assert.All(trace, e => Assert.True(e.GetProperty("duration_ms").GetDouble() <= trace.First().GetProperty("duration_ms").GetDouble()));
        }
    }

    [Fact]
    public async Task Errors_have_the_asked_share_and_real_messages()
    {
        var events = (await Some.LinesAsync(LogKind.Json, Some.Profile(60_000) with { ErrorShare = 0.05 })).Select(line => JsonDocument.Parse(line).RootElement).ToList();

        var errors = events.Where(e => e.GetProperty("level").GetString() == "ERROR").ToList();
        Assert.InRange(errors.Count / (double)events.Count, 0.04, 0.06);
        Assert.All(errors, e => Assert.InRange(e.GetProperty("status").GetInt32(), 500, 504));
        Assert.Contains(errors, e => e.GetProperty("message").GetString()!.Contains("timed out", StringComparison.Ordinal));
        Assert.Contains(errors, e => e.TryGetProperty("exception", out var text) && text.GetString()!.Contains("\n\tat ", StringComparison.Ordinal));
        Assert.InRange(errors.Select(e => Digits().Replace(e.GetProperty("message").GetString()!, "#")).Distinct().Count(), 8, 2_000);
    }

    [Theory]
    [InlineData(0.2)]
    [InlineData(1)]
    public async Task Invalid_lines_have_the_asked_share(double share)
    {
        var profile = Some.Profile(20_000) with { InvalidShare = share };

        var combined = (await Some.LinesAsync(LogKind.Combined, profile)).Count(line => !CombinedLine().IsMatch(line));
        var json = (await Some.LinesAsync(LogKind.Json, profile)).Count(line => !IsJson(line));

        Assert.InRange(combined / 20_000.0, share - 0.01, share + 0.01);
        Assert.InRange(json / 20_000.0, share - 0.01, share + 0.01);
    }

    [Fact]
    public async Task Service_lines_name_the_target_in_the_path_and_the_caller_in_the_agent()
    {
        var lines = await Some.LinesAsync(LogKind.Service, Some.Profile(5_000));

        Assert.All(lines, line => Assert.Matches(ServiceLine(), line));
        var machines = lines.Where(line => line.Contains("\"Machine (", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(machines);
        Assert.All(machines, line => Assert.EndsWith($"\"Machine (Apache-Http-Client; {line.Split(' ')[2]})\"", line));
        Assert.All(lines.Except(machines), line => Assert.Contains(" /web-gateway/", line));
    }

    [Fact]
    public async Task App_errors_carry_stack_traces_that_belong_to_their_event()
    {
        var lines = await Some.LinesAsync(LogKind.App, Some.Profile(5_000) with { ErrorShare = 0.1 });

        Assert.Equal(5_000, lines.Count(line => AppLine().IsMatch(line)));
        Assert.Contains(lines, line => line.StartsWith("\tat ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_service_kind_has_a_file_per_service_and_date()
    {
        using var directory = new TemporaryDirectory();

        var summary = await LogGenerator.Create(LogKind.Service, Some.Profile(20_000))
            .WriteAsync(GenerationOutput.ToDirectory(directory.Path), null, null, TestContext.Current.CancellationToken);

        Assert.Equal(14, summary.Files);
        Assert.Contains("audit-service-2026-11-21.log", directory.Names());
        Assert.Equal(20_000, directory.Names().Sum(name => directory.Text(name).Count(character => character == '\n')));
        Assert.All(directory.Names(), name => Assert.All(directory.Text(name)[..^1].Split('\n'), line =>
        {
            Assert.Contains($" /{name[..^"-2026-11-21.log".Length]}/", line);
            Assert.Equal(name[^14..^4], $"{TimeOf(line):yyyy-MM-dd}");
        }));
    }

    [Theory]
    [InlineData(10_000, 3)]
    [InlineData(10, 4)]
    [InlineData(3, 8)]
    public async Task Files_together_hold_every_line_once(int count, int files)
    {
        using var directory = new TemporaryDirectory();
        var profile = Some.Profile(count) with { Files = files };

        await LogGenerator.Create(LogKind.Json, profile).WriteAsync(GenerationOutput.ToDirectory(directory.Path), null, null, TestContext.Current.CancellationToken);

        Assert.Equal(Math.Min(count, files), directory.Names().Length);
        Assert.Equal("json-0001.json", directory.Names()[0]);
        Assert.Equal(count, string.Concat(directory.Names().Select(directory.Text)).Count(character => character == '\n'));
        Assert.All(directory.Names(), name => Assert.NotEmpty(directory.Text(name)));
    }

    [Fact]
    public async Task More_services_than_the_shop_has_are_called_too()
    {
        var lines = await Some.LinesAsync(LogKind.Service, Some.Profile(60_000) with { Services = 12 });

        Assert.Equal(12, lines.Select(line => line.Split(' ')[6].Split('/')[1]).Distinct().Count());
    }

    [Fact]
    public async Task A_given_latency_replaces_the_endpoints_own()
    {
        var profile = Some.Profile(20_000) with { ErrorShare = 0, Latencies = [EndpointLatency.Parse("audit-service POST /audit=70ms,0")] };

        var events = (await Some.LinesAsync(LogKind.Json, profile)).Select(line => JsonDocument.Parse(line).RootElement);

        var durations = events.Where(e => e.GetProperty("service").GetString() == "audit-service").Select(e => e.GetProperty("duration_ms").GetDouble()).ToList();
        Assert.NotEmpty(durations);
        Assert.All(durations, duration => Assert.Equal(70, duration));
    }

    [Fact]
    public async Task Demo_day_has_seven_services_and_an_hour_of_payment_timeouts()
    {
        using var directory = new TemporaryDirectory();

        await DemoTraffic.WriteAsync(directory.Path, DemoTraffic.Profile(Some.Noon, 100_000), null, TestContext.Current.CancellationToken);

        Assert.Equal(["events-1.json.gz", "events-2.json.gz", "events-3.json.gz", "events-4.json", "events-5.json", "events-6.json", "events-7.json", "events-8.json"], directory.Names());
        var events = directory.Names().SelectMany(name => Unpacked(Path.Combine(directory.Path, name))).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal(100_000, events.Count);
        Assert.Equal(7, events.Select(e => e.GetProperty("service").GetString()).Distinct().Count());
        var timeoutShares = events.Where(e => e.GetProperty("service").GetString() == "payment-service")
            .GroupBy(e => e.GetProperty("timestamp").GetDateTimeOffset().UtcDateTime.Hour == 7)
            .ToDictionary(hour => hour.Key, hour => hour.Average(e => e.GetProperty("status").GetInt32() == 504 ? 1.0 : 0));
        Assert.InRange(timeoutShares[true], 0.4, 0.8);
        Assert.InRange(timeoutShares[false], 0, 0.05);
    }

    [Fact]
    public async Task Objects_are_put_whole_and_compressed_by_name()
    {
        var store = new MemoryStore();
        var generator = LogGenerator.Create(LogKind.Combined, Some.Profile(5_000) with { Files = 2, Compress = true });

        await generator.WriteAsync(GenerationOutput.ToObjects(store, "bucket", "logs/"), null, null, TestContext.Current.CancellationToken);

        Assert.Equal(["bucket/logs/combined-0001.log.gz", "bucket/logs/combined-0002.log.gz"], store.Objects.Keys.Order());
        Assert.Equal(5_000, store.Objects.Values.Sum(content => Unpack(new MemoryStream(content)).Count()));
    }

    [Fact]
    public async Task A_cancelled_run_leaves_no_unfinished_file()
    {
        using var directory = new TemporaryDirectory();
        using var source = new CancellationTokenSource();
        var generator = LogGenerator.Create(LogKind.Combined, Some.Profile(10_000_000));
        var progress = new Progress(source.Cancel);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => generator.WriteAsync(GenerationOutput.ToDirectory(directory.Path), progress, null, source.Token));

        Assert.Empty(directory.Names());
    }

    [Fact]
    public async Task A_full_disk_is_told()
    {
        if (!OperatingSystem.IsLinux())
        {
            Assert.Skip("only Linux has a device that is always full");
        }

        var e = await Assert.ThrowsAsync<UserException>(() => LogGenerator.Create(LogKind.Combined, Some.Profile(10))
            .WriteAsync(GenerationOutput.ToFile("/dev/full"), null, null, TestContext.Current.CancellationToken));

        Assert.Equal("Cannot write '/dev/full': No space left on device.", e.Message);
    }

    [Fact]
    public async Task A_rate_spreads_the_lines_over_real_time()
    {
        var clock = new SteppedClock();
        using var stream = new MemoryStream();

        await LogGenerator.Create(LogKind.Combined, Some.Profile(1_000) with { LinesPerSecond = 100 })
            .WriteAsync(GenerationOutput.ToStream(stream), null, clock, TestContext.Current.CancellationToken);

        Assert.InRange(clock.Waited.TotalSeconds, 9.5, 10);
        Assert.Equal(await Some.BytesAsync(LogKind.Combined, Some.Profile(1_000)), stream.ToArray());
    }

    [Fact]
    public void Wrong_values_are_told()
    {
        Assert.Equal("The clients is 0; expected 1 to 10000000.", Assert.Throws<UserException>(() => Some.Profile(1) with { Clients = 0 }).Message);
        Assert.Equal("There is no kind 'xml'; expected combined, json, service, app or fortnight.", Assert.Throws<UserException>(() => LogKinds.Parse("xml")).Message);
        Assert.StartsWith("Cannot read the latency 'x'", Assert.Throws<UserException>(() => EndpointLatency.Parse("x")).Message);
        var unknown = Some.Profile(1) with { Latencies = [EndpointLatency.Parse("a GET /=1ms")] };
        Assert.StartsWith("There is no endpoint 'a GET /' to give a latency to; expected one of web-gateway GET /, ", Assert.Throws<UserException>(() => LogGenerator.Create(LogKind.Json, unknown)).Message);
    }

    static bool IsJson(string line)
    {
        try
        {
            JsonDocument.Parse(line).Dispose();
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    static DateTimeOffset TimeOf(string line)
    {
        var text = Stamp().Match(line).Value;
        string[] formats = ["dd/MMM/yyyy:HH:mm:ss", "yyyy-MM-ddTHH:mm:ss.fff", "yyyy-MM-dd HH:mm:ss,fff"];
        return DateTimeOffset.ParseExact(text, formats, null, System.Globalization.DateTimeStyles.AssumeUniversal);
    }

    static IEnumerable<string> Unpacked(string path) => path.EndsWith(".gz", StringComparison.Ordinal) ? Unpack(File.OpenRead(path)) : File.ReadLines(path);

    static IEnumerable<string> Unpack(Stream compressed)
    {
        using var reader = new StreamReader(new GZipStream(compressed, CompressionMode.Decompress));
        while (reader.ReadLine() is { } line)
        {
            yield return line;
        }
    }

    sealed class Progress(Action then) : IProgress<long>
    {
        public void Report(long value) => then();
    }

    [GeneratedRegex("""^[0-9a-f.:]+ - \S+ \[\d\d/\w{3}/\d{4}:\d\d:\d\d:\d\d \+0000\] "(GET|POST) /\S* HTTP/[12]\.[01]" \d{3} (\d+|-) "[^"]+" "[^"]+"$""")]
    private static partial Regex CombinedLine();

    [GeneratedRegex("""^[0-9a-f.:]+ - \S+ \[\d\d/\w{3}/\d{4}:\d\d:\d\d:\d\d \+0000\] "(GET|POST) /[a-z]+-[a-z0-9]+/\S* HTTP/1\.1" \d{3} "[^"]+"$""")]
    private static partial Regex ServiceLine();

    [GeneratedRegex("""^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} \[http-nio-8080-exec-\d+\] (INFO |WARN |ERROR) com\.millraceshop\.\w+\.\w+ - \S.*$""")]
    private static partial Regex AppLine();

    [GeneratedRegex("""\d\d/\w{3}/\d{4}:\d\d:\d\d:\d\d|\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d[.,]\d{3}""")]
    private static partial Regex Stamp();

    [GeneratedRegex("""HTTP/..." 5\d\d """)]
    private static partial Regex ErrorStatus();

    [GeneratedRegex("""[0-9a-f-]*\d[0-9a-f-]*""")]
    private static partial Regex Digits();
}
