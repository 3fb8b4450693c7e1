using System.Globalization;
using System.Text;
using System.Text.Json;
using Millrace.Errors;
using Millrace.Errors.Store;
using Millrace.Generation;
using Millrace.Generation.Story;
using Millrace.Queries;
using Millrace.Reports;
using Millrace.Sources;
using Millrace.Tests.Queries;

namespace Millrace.Tests.Errors.Store;

/// <summary>From logs through a store to the report.</summary>
public sealed class StoredErrorsTests : IDisposable
{
    static readonly DateTimeOffset End = Some.AsOf;

    readonly string _folder = Directory.CreateTempSubdirectory("millrace-errors-").FullName;
    readonly SqliteErrorStore _store;

    public StoredErrorsTests() => _store = SqliteErrorStore.Open(Path.Join(_folder, "errors.db"), creates: true);

    string Logs => Path.Join(_folder, "logs");

    public void Dispose()
    {
        _store.DisposeAsync().AsTask().GetAwaiter().GetResult();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData(1, 0, 24)]
    [InlineData(2, 0, 24)]
    [InlineData(3, -5, 24)]
    [InlineData(4, -30, 7)]
    [InlineData(5, 0, 72)]
    public async Task The_report_from_the_store_is_the_report_over_the_logs(int seed, int untilHours, int hours)
    {
        await GenerateAsync(seed);
        var (until, since) = (End.AddHours(untilHours), End.AddHours(untilHours - hours));

        var result = await ExtractAsync();

        Assert.Equal((15, 0), (result.Sources, result.Known));
        Assert.Equal(Json(Read(since, until)), Json(await StoredAsync(since, until)));
    }

    [Fact]
    public async Task A_period_is_widened_to_the_hours_that_it_touches()
    {
        await GenerateAsync(seed: 6);
        await ExtractAsync();

        var digest = await StoredAsync(End.AddHours(-23).AddMinutes(-1), End.AddMinutes(-59));

        Assert.Equal((End.AddHours(-24), End), (digest.Since, digest.Until));
        Assert.Equal(Json(Read(End.AddHours(-24), End)), Json(digest));
    }

    [Fact]
    public async Task Extracting_again_changes_nothing()
    {
        await GenerateAsync(seed: 7);
        await ExtractAsync();
        var before = Json(await StoredAsync(End.AddDays(-1), End));

        var again = await ExtractAsync();

        Assert.Equal((0, 15, 0), (again.Sources, again.Known, again.Errors));
        Assert.Equal(before, Json(await StoredAsync(End.AddDays(-1), End)));
    }

    [Fact]
    public async Task A_file_that_has_grown_counts_once_and_one_that_took_its_name_beside_it()
    {
        Write("app.log", Error(-3, "disk /a is full"), Error(-2, "disk /b is full"));
        await ExtractAsync();
        Write("app.log", Error(-3, "disk /a is full"), Error(-2, "disk /b is full"), Error(-1, "disk /c is full"));

        Assert.Equal(3, (await ExtractAsync()).Errors);
        Assert.Equal(3, (await StoredAsync(End.AddDays(-1), End)).Errors);

        Write("app.log", Error(-0.5, "disk /d is full"));

        Assert.Equal(1, (await ExtractAsync()).Errors);
        Assert.Equal(4, (await StoredAsync(End.AddDays(-1), End)).Errors);
    }

    [Fact]
    public async Task An_object_counts_once_and_another_content_of_its_name_beside_it()
    {
        var objects = Some.Store(("a.log", Error(-3, "disk is full") + Error(-2, "disk is full")));
        async Task<ErrorExtractionResult> Extract() => await new ErrorExtraction(new ErrorIntake(_store, TimeProvider.System), Some.Options(objects), countsClientErrors: false).RunAsync(["s3://logs/"], default);

        Assert.Equal((1, 2), (await Extract() is var first ? first.Sources : 0, first.Errors));
        Assert.Equal((1, 0), (await Extract() is var second ? second.Known : 0, second.Errors));
        Assert.Equal(2, (await StoredAsync(End.AddDays(-1), End)).Errors);
    }

    [Fact]
    public async Task A_group_keeps_its_id_when_more_is_seen_of_what_varies()
    {
        string[] carriers = ["alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta"];
        var ids = new List<string>();
        for (var day = 0; day < carriers.Length; day++)
        {
            Write($"{day}.log", Error((day * 24) - 168, $"cannot reach carrier {carriers[day]} in time"));
            await ExtractAsync();
            ids.Add((await StoredAsync(End.AddDays(-8), End)).Groups.MinBy(group => group.FirstSeen)!.Id);
        }

        Assert.Single(ids.Distinct());
        var last = Assert.Single((await StoredAsync(End.AddDays(-8), End)).Groups);
        Assert.Equal((7, "cannot reach carrier <*> in time"), (last.Count, last.Template));
        var latest = Assert.Single((await StoredAsync(End.AddDays(-2), End)).Groups, group => group.Count > 0);
        Assert.Equal((ids[0], ErrorState.Steady), (latest.Id, latest.State));
    }

    /// <summary>Logs alone would call it new: what is compared with reaches back fourteen days.</summary>
    [Fact]
    public async Task What_was_seen_long_ago_is_back_and_not_new_also_when_it_has_been_dropped_since()
    {
        Write("old.log", Error(-24 * 40, "disk /a is full"));
        Write("steady.log", [.. Enumerable.Range(1, 20).Select(day => Error(-24 * day, "cannot reach carrier"))]);
        Write("now.log", Error(-1, "disk /b is full"));
        await ExtractAsync();
        var before = Json(await StoredAsync(End.AddDays(-1), End));

        await _store.RetainAsync(End.AddDays(-15).ToUnixTimeSeconds() / 86_400, isDry: false, default);

        var disk = (await StoredAsync(End.AddDays(-1), End)).Groups.Single(group => group.Template.StartsWith("disk", StringComparison.Ordinal));
        Assert.Equal((ErrorState.Back, 14, true, End.AddDays(-40)), (disk.State, disk.DaysAway, disk.WasAwayLonger, disk.FirstSeen));
        Assert.Equal("back after 14 days or more", ErrorText.StateOf(disk));
        Assert.Equal(before, Json(await StoredAsync(End.AddDays(-1), End)));
    }

    [Fact]
    public async Task Requests_that_fail_are_kept_with_client_errors_by_choice()
    {
        Write("access.log", Some.Combined(20) + Some.Combined(5, status: 503) + Some.Combined(7, status: 404));

        Assert.Equal(12, (await ExtractAsync(countsClientErrors: true)).Errors);
        Assert.Equal(12, (await StoredAsync(End.AddDays(-1), End)).Errors);
    }

    [Fact]
    public async Task Files_without_errors_or_events_are_kept_too()
    {
        Write("quiet.log", $"{End.AddDays(-5):yyyy-MM-dd HH:mm:ss},000 INFO  [main] shop.A - fine\n");
        Write("empty.log", "");
        Write("loud.log", Error(-1, "disk is full"));

        Assert.Equal((3, 1), (await ExtractAsync() is var result ? result.Sources : 0, result.Errors));
        Assert.Equal(ErrorState.New, Assert.Single((await StoredAsync(End.AddDays(-1), End)).Groups).State);
        Assert.Equal(3, (await ExtractAsync()).Known);
    }

    [Fact]
    public async Task A_pipe_is_refused()
    {
        var query = Some.Options() with { Sources = new SourceResolver(() => new MemoryStream("x"u8.ToArray())) };

        var told = await Assert.ThrowsAsync<UserException>(() => new ErrorExtraction(new ErrorIntake(_store, TimeProvider.System), query, countsClientErrors: false).RunAsync(["-"], default));

        Assert.StartsWith("The errors of '-' cannot be kept: what comes through a pipe has no name", told.Message, StringComparison.Ordinal);
    }

    async Task GenerateAsync(int seed) =>
        await new Fortnight(new LoadProfile(End, End) { Count = 8_000, Seed = seed }).WriteAsync(GenerationOutput.ToDirectory(Logs), TestContext.Current.CancellationToken);

    void Write(string name, params string[] lines)
    {
        Directory.CreateDirectory(Logs);
        File.WriteAllText(Path.Join(Logs, name), string.Concat(lines));
    }

    static string Error(double hours, string message) => string.Create(CultureInfo.InvariantCulture, $"{End.AddHours(hours):yyyy-MM-dd HH:mm:ss},000 ERROR [main] shop.A - {message}\n");

    Task<ErrorExtractionResult> ExtractAsync(bool countsClientErrors = false) =>
        new ErrorExtraction(new ErrorIntake(_store, TimeProvider.System), Some.Options(), countsClientErrors).RunAsync([Logs], TestContext.Current.CancellationToken);

    ErrorDigest Read(DateTimeOffset since, DateTimeOffset until)
    {
        using var session = new QuerySession(Some.Options() with { Since = since - ErrorReader.History, Until = until });
        return new ErrorReader(session, ErrorRules.None).Read(EventTable.OfLogs([Logs]).Sql, EventTable.OfLogs([Logs]).Sql, since, until, countsClientErrors: false);
    }

    Task<ErrorDigest> StoredAsync(DateTimeOffset since, DateTimeOffset until) => new StoredErrors(_store, ErrorRules.None).ReadAsync(since, until, TestContext.Current.CancellationToken);

    static string Json(ErrorDigest digest)
    {
        using var stream = new MemoryStream();
        foreach (var group in digest.Groups)
        {
            using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
            ErrorJson.Write(json, group, digest, ["logs"]);
        }

        return $"{digest.Headline}\n{digest.Errors} {digest.HasHistory}\n{Encoding.UTF8.GetString(stream.ToArray())}";
    }
}
