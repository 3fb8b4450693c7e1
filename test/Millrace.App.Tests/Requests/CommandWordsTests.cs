using System.Text;
using Millrace.App.Reading;
using Millrace.App.Requests;

namespace Millrace.App.Tests.Requests;

public sealed class CommandWordsTests
{
    static readonly DateTimeOffset Instant = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    static readonly Settings None = Settings.Parse(Encoding.UTF8.GetBytes("{}"), Path.Join(Path.GetTempPath(), Settings.FileName), isNamed: false);
    static readonly ReadingRequest Reading = new() { Sources = ["a.log"] };

    [Fact]
    public void A_report_names_each_end_of_its_range_or_all()
    {
        var request = new ReportRequest("status") { Reading = Reading };

        Assert.Equal("millrace report status a.log --since all", CommandWords.Of(request, null, null, None));
        Assert.Equal("millrace report status a.log --since all --until 2026-11-22T12:00:00Z", CommandWords.Of(request, null, Instant, None));
        Assert.Equal("millrace report status a.log --since 2026-11-22T12:00:00Z", CommandWords.Of(request, Instant, null, None));
    }

    [Fact]
    public void A_search_names_each_end_that_it_has()
    {
        var request = new SearchRequest { Terms = ["timed out"], Reading = Reading };

        Assert.Equal("millrace search 'timed out' --in a.log", CommandWords.Of(request, null, null, None));
        Assert.Equal("millrace search 'timed out' --in a.log --since 2026-11-22T12:00:00Z", CommandWords.Of(request, Instant, null, None));
        Assert.Equal("millrace search 'timed out' --in a.log --until 2026-11-22T12:00:00Z", CommandWords.Of(request, null, Instant, None));
    }
}
