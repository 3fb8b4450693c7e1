using System.Text;
using Millrace.Errors;
using Millrace.Generation;
using Millrace.Generation.Story;
using Millrace.Queries;
using Millrace.Reports;
using Millrace.Tests.Queries;

namespace Millrace.Tests.Errors;

/// <summary>The report over the generated fortnight, whose story is known.</summary>
public sealed class FortnightReportTests
{
    static readonly DateTimeOffset End = Some.AsOf;

    public static TheoryData<int> Seeds => [1, 2, 3, 7, 42, 1_000, 20_261_125, 123_456_789];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task The_new_the_rising_and_the_returning_error_are_named_and_no_other(int seed)
    {
        var digest = await ReadAsync(seed);

        Assert.Equal(
            StoryError.All.Where(story => story.Role != StoryRole.Noise).Select(story => $"{story.Role} {story.Exception} {Template(story)}").Order(),
            digest.Groups.Where(group => group.State is ErrorState.New or ErrorState.Back or ErrorState.Rising).Select(group => $"{group.State} {group.Type} {group.Template}").Order());
        Assert.Equal(
            StoryError.All.Where(story => story.Role == StoryRole.Noise).Select(story => $"{story.Exception} {Template(story)}").Order(),
            digest.Groups.Where(group => group.State == ErrorState.Steady).Select(group => $"{group.Type} {group.Template}").Order());
        Assert.Equal("1 new, 1 back, 1 rising", digest.Headline);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Counts_are_those_of_the_log(int seed)
    {
        var digest = await ReadAsync(seed);
        var planned = StoryErrors.Of(Micros(End.AddDays(-StoryErrors.Days)), seed).Where(error => error.Micros >= Micros(End.AddDays(-1))).ToLookup(error => StoryError.All[error.Error].Exception);

        Assert.All(digest.Groups, group => Assert.Equal((planned[group.Type!].Count(), group.Count), ((int)group.Count, group.Trend.Sum())));
        Assert.Equal(planned.Sum(group => group.Count()), digest.Errors);
    }

    static async Task<ErrorDigest> ReadAsync(int seed)
    {
        using var log = new MemoryStream();
        await new Fortnight(new LoadProfile(End, End) { Count = 8_000, Seed = seed }).WriteAsync(GenerationOutput.ToStream(log), TestContext.Current.CancellationToken);
        var (since, until) = (End.AddDays(-1), End);
        using var session = new QuerySession(Some.Options(Some.Store(("app.log", Encoding.UTF8.GetString(log.ToArray())))) with { Since = since - ErrorReader.History, Until = until });
        return new ErrorReader(session, ErrorRules.None).Read(EventTable.OfLogs(["s3://logs/"]).Sql, EventTable.OfLogs(["s3://logs/"]).Sql, since, until, countsClientErrors: false);
    }

    static string Template(StoryError story) => story.Message.Replace("{n}", "<*>", StringComparison.Ordinal);

    static long Micros(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
}
