using System.Globalization;
using System.Text;
using Millrace.Generation;
using Millrace.Generation.Story;

namespace Millrace.Tests.Generation.Story;

public sealed class FortnightTests
{
    const int Count = 12_000;
    static readonly DateTimeOffset End = Some.Noon.AddHours(-1.5);

    public static TheoryData<int> Seeds => [1, 2, 3, 20_261_125];

    [Fact]
    public async Task The_seed_decides_the_bytes()
    {
        var first = await BytesAsync(seed: 1);

        Assert.Equal(first, await BytesAsync(seed: 1));
        Assert.NotEqual(first, await BytesAsync(seed: 2));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Events_are_as_many_as_asked_for_and_in_order_within_the_fortnight(int seed)
    {
        var times = Events(await BytesAsync(seed)).Select(line => line.Time).ToList();

        Assert.Equal(Count, times.Count);
        Assert.Equal(times.Order(), times);
        Assert.True(times[0] >= End.AddDays(-14) && times[^1] < End);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Every_error_comes_and_goes_as_its_role_says(int seed)
    {
        var errors = Errors(await BytesAsync(seed)).ToLookup(error => error.Exception, error => (int)(error.Time - End.AddDays(-14)).TotalDays);

        Assert.Equal(StoryError.All.Count, errors.Count);
        Assert.All(StoryError.All, story =>
        {
            var days = Enumerable.Range(0, 14).Select(day => errors[story.Exception].Count(of => of == day)).ToList();
            switch (story.Role)
            {
                case StoryRole.New:
                    Assert.True(days[..13].Sum() == 0 && days[13] > 0);
                    break;
                case StoryRole.Back:
                    Assert.True(days[..4].Sum() > 0 && days[4..13].Sum() == 0 && days[13] > 0);
                    break;
                case StoryRole.Rising:
                    Assert.InRange(days[13], days[..13].Average() * 2.5, days[..13].Average() * 5.5);
                    break;
                default:
                    Assert.All(days, day => Assert.InRange(day, 1, story.PerDay * 2.2));
                    break;
            }
        });
    }

    [Fact]
    public async Task A_directory_gets_a_file_a_day_with_the_same_lines()
    {
        using var directory = new TemporaryDirectory();

        var summary = await New(seed: 1).WriteAsync(GenerationOutput.ToDirectory(directory.Path), TestContext.Current.CancellationToken);

        Assert.Equal((Count, 15), (summary.Lines, summary.Files));
        Assert.Equal("app-2026-11-08.log", directory.Names()[0]);
        Assert.Equal(Encoding.UTF8.GetString(await BytesAsync(seed: 1)), string.Concat(directory.Names().Select(directory.Text)));
    }

    [Fact]
    public void Too_few_events_for_the_story_are_told() => Assert.Matches(
        @"\AA fortnight of 10 events is too short for its \d+ errors: expected a count of \d+ at least\.\z",
        Assert.Throws<UserException>(() => new Fortnight(new LoadProfile(End, End) { Count = 10 })).Message);

    static Fortnight New(int seed) => new(new LoadProfile(End, End) { Count = Count, Seed = seed });

    static async Task<byte[]> BytesAsync(int seed)
    {
        using var stream = new MemoryStream();
        await New(seed).WriteAsync(GenerationOutput.ToStream(stream), TestContext.Current.CancellationToken);
        return stream.ToArray();
    }

    static IEnumerable<(DateTimeOffset Time, string Line)> Events(byte[] log) => Encoding.UTF8.GetString(log).Split('\n')
        .Where(line => line.StartsWith("2026-", StringComparison.Ordinal)).Select(line => (TimeOf(line), line));

    static IEnumerable<(DateTimeOffset Time, string Exception)> Errors(byte[] log)
    {
        var lines = Encoding.UTF8.GetString(log).Split('\n');
        return lines.Index().Where(line => line.Item.Contains("] ERROR ", StringComparison.Ordinal)).Select(line => (TimeOf(line.Item), lines[line.Index + 1].Split(':')[0]));
    }

    static DateTimeOffset TimeOf(string line) =>
        DateTimeOffset.ParseExact(line[..23], "yyyy-MM-dd HH:mm:ss,fff", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
