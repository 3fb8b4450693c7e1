using Millrace.Events;
using Millrace.Parsing;
using Millrace.Parsing.Json;
using Millrace.Tests.Parsing.Formats;

namespace Millrace.Tests.Parsing.Json;

public sealed class NamedTrackTests
{
    static readonly JsonPlan Plan = JsonNames.Plan(new FormatInput());

    readonly JsonLine _slow = new(Plan.Paths);
    readonly LineFields _fields = new(Plan.FieldCount);
    readonly NamedTrack _track;

    public NamedTrackTests()
    {
        var zone = new LocalZone(TimeZoneInfo.Utc);
        _track = _slow.CreateTrack(Plan, new JsonFieldReader(zone), zone);
    }

    [Fact]
    public void A_track_that_has_learnt_nothing_reads_no_line()
    {
        Assert.False(_track.HasLearnt);
        Assert.All(FormatCase.Read("json").SelectMany(found => found.Case.Lines), line => Assert.False(_track.TryRead(line.Input, _fields)));
    }

    [Fact]
    public void A_line_is_read_once_it_was_learnt_and_no_more_once_it_was_forgotten()
    {
        var line = """{"status":200,"text":"a long enough text to be read at once, whatever follows it"}"""u8;

        Assert.True(_slow.TryRead(line));
        _track.Learn(line);

        Assert.True(_track.HasLearnt);
        Assert.True(_track.TryRead(line, _fields));

        _track.Narrow(static _ => true, wantsAttributes: true);

        Assert.False(_track.HasLearnt);
        Assert.False(_track.TryRead(line, _fields));
    }
}
