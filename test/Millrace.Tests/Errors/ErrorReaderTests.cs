using System.Globalization;
using System.Text;
using System.Text.Json;
using Millrace.Errors;
using Millrace.Queries;
using Millrace.Reports;
using Millrace.Tests.Queries;

namespace Millrace.Tests.Errors;

public sealed class ErrorReaderTests
{
    static readonly DateTimeOffset Until = new(2026, 11, 22, 0, 0, 0, TimeSpan.Zero);

    /// <summary>A fortnight of noise, with one error that is new on its last day, one that rises and one that returns.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void What_is_new_rising_or_back_is_named_and_nothing_else(int seed)
    {
        var digest = Read(Fortnight(seed));

        Assert.Equal(
            ["New: card <*> was declined by bank", "Back: disk is full on <*>", "Rising: cannot reach carrier <*>"],
            digest.Groups.Where(group => group.State is ErrorState.New or ErrorState.Back or ErrorState.Rising).Select(group => $"{group.State}: {group.Template}"));
        Assert.Equal("1 new, 1 back, 1 rising: shop", digest.Headline);
        Assert.All(digest.Groups.Where(group => group.State == ErrorState.Steady), group => Assert.StartsWith("noise", group.Template, StringComparison.Ordinal));
    }

    [Fact]
    public void The_order_of_files_and_threads_makes_no_difference()
    {
        var log = Fortnight(9);
        var lines = log.Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(ErrorText.Of(Read(log), ["x"], 99), ErrorText.Of(Read(string.Join('\n', lines.Reverse())), ["x"], 99));
    }

    [Fact]
    public void Requests_that_fail_are_errors_by_method_endpoint_and_status()
    {
        var log = Some.Combined(20) + Some.Combined(5, status: 503) + Some.Combined(7, status: 404);
        using var session = new QuerySession(Some.Options(Some.Store(("a.log", log))) with { Since = Some.AsOf.AddDays(-1), Until = Some.AsOf });
        var events = EventTable.OfLogs(["s3://logs/"]).Sql;

        var digest = new ErrorReader(session, ErrorRules.None).Read(events, events, Some.AsOf.AddDays(-1), Some.AsOf, countsClientErrors: false);
        var withClientErrors = new ErrorReader(session, ErrorRules.None).Read(events, events, Some.AsOf.AddDays(-1), Some.AsOf, countsClientErrors: true);

        Assert.Equal((5, 12), (digest.Errors, withClientErrors.Errors));
        Assert.StartsWith("GET /a/", Assert.Single(digest.Groups).Sample!.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Rules_name_merge_and_mute_groups()
    {
        var log = Fortnight(1);
        var groups = Read(log).Groups;
        var (card, disk, carrier) = (groups[0].Id, groups[1].Id, groups[2].Id);
        using var json = JsonDocument.Parse($$"""[{"group": "{{card}}", "name": "Declined cards", "note": "ask the bank"}, {"group": "{{disk}}", "into": "{{card}}"}, {"group": "{{carrier}}", "mute": true}]""");

        var digest = Read(log, ErrorRules.Parse(json.RootElement, "millrace.json"));

        Assert.Equal(("Declined cards", "ask the bank"), (digest.Groups[0].Title, digest.Groups[0].Note));
        Assert.DoesNotContain(digest.Groups, group => group.Id == disk || group.Id == carrier);
        Assert.Equal(groups[0].Count + groups[1].Count, digest.Groups.Single(group => group.Id == card).Count);
        Assert.Equal(groups[2].Count, digest.Muted);
    }

    [Fact]
    public void What_a_log_holds_does_not_steer_a_terminal()
    {
        var log = JsonSerializer.Serialize(new { time = "2026-11-21T12:00:00Z", level = "ERROR", message = "\u001b[31mred\u001b[0m \u202eevil $(rm -rf /) 'quoted'" }) + "\n";

        var text = ErrorText.Of(Read(log), ["a b"], 10);

        Assert.DoesNotContain('\u001b', text);
        Assert.DoesNotContain('\u202e', text);
        Assert.Contains("--in 'a b'", text, StringComparison.Ordinal);
    }

    static ErrorDigest Read(string log, ErrorRules? rules = null)
    {
        var since = Until.AddDays(-1);
        using var session = new QuerySession(Some.Options(Some.Store(("a.json", log))) with { Since = since - ErrorReader.History, Until = Until });
        return new ErrorReader(session, rules ?? ErrorRules.None).Read(EventTable.OfLogs(["s3://logs/"]).Sql, EventTable.OfLogs(["s3://logs/"]).Sql, since, Until, countsClientErrors: false);
    }

    static string Fortnight(int seed)
    {
        var random = new Random(seed);
        var log = new StringBuilder();
        void Write(double day, string message) => log.Append(CultureInfo.InvariantCulture, $$"""{"time":"{{Until.AddDays(day):yyyy-MM-ddTHH:mm:ss.fffZ}}","service":"shop","level":"ERROR","message":"{{message}}"}{{"\n"}}""");
        for (var day = -15; day < 0; day++)
        {
            foreach (var (word, mean) in new[] { ("alpha", 40), ("beta", 12), ("gamma", 5) })
            {
                for (var i = random.Next(mean / 2, mean + (mean / 2)); i > 0; i--)
                {
                    Write(day + random.NextDouble(), $"noise {word} of {random.Next(1000)}");
                }
            }

            for (var i = day == -1 ? 60 : random.Next(6, 13); i > 0; i--)
            {
                Write(day + random.NextDouble(), $"cannot reach carrier {random.Next(1000)}");
            }

            for (var i = day is -1 or -9 ? 8 : 0; i > 0; i--)
            {
                Write(day + random.NextDouble(), $"disk is full on /data/{random.Next(9)}");
            }
        }

        for (var i = 0; i < 9; i++)
        {
            Write(-random.NextDouble(), $"card {random.Next(1000)} was declined by bank");
        }

        return log.ToString();
    }
}
