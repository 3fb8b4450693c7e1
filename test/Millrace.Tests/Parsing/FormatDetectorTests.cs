using System.Text;
using Millrace.Events;
using Millrace.Parsing;

namespace Millrace.Tests.Parsing;

public sealed class FormatDetectorTests
{
    const string Combined = "203.0.113.7 - - [22/Nov/2026:10:00:00 +0000] \"GET /a HTTP/1.1\" 200 5 \"-\" \"x\"\n";
    const string Common = "203.0.113.7 - - [22/Nov/2026:10:00:00 +0000] \"GET /a HTTP/1.1\" 200 5\n";

    public static TheoryData<string> Detectable => [.. LogFormats.All.Where(format => format.CanBeDetected && format.Name is not ("csv" or "metric-windows")).Select(format => format.Name)];

    [Theory]
    [MemberData(nameof(Detectable))]
    public void One_line_tells_its_format_with_or_without_a_line_break(string name)
    {
        var example = LogFormats.Find(name).Example;

        Assert.Equal(name, Best(example).Format.Name);
        Assert.Equal(name, Best(example + "\r\n").Format.Name);
        Assert.Equal(1, Best(example + "\n\n").Share);
    }

    [Fact]
    public void Every_format_may_be_asked_about_nothing() =>
        Assert.All(LogFormats.All.Where(format => format.CanBeDetected), format => Assert.Equal(format.Name, format.Bind(new FormatInput())?.Format ?? format.Name));

    [Fact]
    public void Files_one_after_the_other_are_told_as_each_alone()
    {
        var formats = new BoundFormats(FormatTable.BuiltIn);
        string[] names = [.. Detectable, .. Detectable.Reverse()];

        Assert.All(names, name => Assert.Equal(name, FormatDetector.Best(Input(LogFormats.Find(name).Example), isWhole: true, formats)?.Format.Name));
    }

    [Fact]
    public void A_format_that_does_not_depend_on_the_head_is_the_same_for_every_head()
    {
        byte[][] heads = [.. LogFormats.All.Select(format => Encoding.UTF8.GetBytes(format.Example))];

        Assert.All(LogFormats.All.Where(format => format.CanBeDetected && !format.DependsOnHead), format =>
        {
            var headless = format.Bind(new())!;
            Assert.All(heads, head =>
            {
                var binding = format.Bind(new() { Head = head })!;
                Assert.Equal(headless.Fields, binding.Fields);
                Assert.All(Enum.GetValues<EventColumn>(), column => Assert.Equal(headless.Columns[column], binding.Columns[column]));
            });
        });
    }

    [Fact]
    public void The_format_that_reads_most_lines_wins()
    {
        var ranking = Rank(Common + Combined + Combined + Combined + "junk\n");

        Assert.Equal(("combined", 3, 5), (ranking[0].Format.Name, ranking[0].Accepted, ranking[0].Lines));
        Assert.Contains(ranking, share => share is { Format.Name: "common", Accepted: 1 });
    }

    [Fact]
    public void A_last_line_that_the_head_cuts_does_not_count()
    {
        var head = Combined + Combined + Combined[..30];

        Assert.Equal(2, FormatDetector.Rank(Input(head), isWhole: false)[0].Lines);
        Assert.Equal(3, FormatDetector.Rank(Input(head), isWhole: true)[0].Lines);
    }

    [Fact]
    public void A_head_that_is_one_cut_line_is_looked_at_all_the_same() =>
        Assert.Equal("json", FormatDetector.Rank(Input("""{"time":"2026-11-22T10:00:00Z","message":"a"}"""), isWhole: false)[0].Format.Name);

    [Theory]
    [InlineData("")]
    [InlineData("\r\n\n")]
    [InlineData("\x01\x02\x03\n")]
    public void Nothing_is_told_of_what_is_no_log(string head) => Assert.Empty(Rank(head));

    [Fact]
    public void Stack_traces_speak_for_the_application_log_that_they_are_in()
    {
        var best = Best("2026-11-22 10:00:00,123 [main] ERROR a.B - failed\njava.lang.IllegalStateException: no\n\tat a.B.c(B.java:1)\nCaused by: x\n");

        Assert.Equal(("app", 4, 4), (best.Format.Name, best.Accepted, best.Lines));
    }

    [Fact]
    public void Lines_of_another_format_are_told()
    {
        var best = Best(string.Concat(Enumerable.Repeat(Combined, 15)) + "{\"time\":\"2026-11-22T10:00:00Z\",\"message\":\"a\"}\n\n" + Common + Common + "junk\n");

        Assert.Equal([("common", 2, 18), ("json", 1, 16)], best.Others.Select(other => (other.Format.Name, other.Lines, other.FirstLine)));
    }

    [Fact]
    public void A_few_lines_of_another_format_are_not_worth_a_word() =>
        Assert.Empty(Best(string.Concat(Enumerable.Repeat(Combined, 30)) + Common).Others);

    [Fact]
    public void A_header_that_changes_is_told()
    {
        var best = Best("time,message,status\n2026-11-22T10:00:00Z,a,200\n2026-11-22T10:00:01Z,b,200\ntime,status,path,message\n2026-11-22T10:00:02Z,200,/a,c\n");

        Assert.Equal([("csv", 2, 4, true)], best.Others.Select(other => (other.Format.Name, other.Lines, other.FirstLine, other.IsHeader)));
    }

    [Theory]
    [InlineData("combined", "combined", null)]
    [InlineData("nginx:$status", "nginx", "$status")]
    [InlineData("apache:%h %{%H:%M}t", "apache", "%h %{%H:%M}t")]
    [InlineData("nginx:", "nginx", "")]
    public void A_layout_stands_behind_the_first_colon(string text, string name, string? layout) => Assert.Equal((name, layout), LogFormats.Parse(text));

    [Theory]
    [InlineData("access-logs", "elastic_apache_logs_10k.log", "combined")]
    [InlineData("access-logs", "ocatak_netsparker.log", "combined")]
    [InlineData("access-logs", "ocatak_w3af.log", "combined")]
    [InlineData("aws", "clwo_cloudfront.log", "cloudfront")]
    [InlineData("aws", "crowdsec_cloudfront.log", "cloudfront")]
    [InlineData("aws", "lambda-promtail_cloudfront.log", "cloudfront")]
    public void The_head_of_a_file_of_shared_data_is_read_whole(string folder, string file, string format)
    {
        var bytes = File.ReadAllBytes(Path.Combine(SharedData.Folder(folder), file));
        var best = FormatDetector.Best(new() { Head = bytes.AsMemory(0, Math.Min(bytes.Length, FormatDetector.HeadLength)) }, bytes.Length <= FormatDetector.HeadLength)!;

        Assert.Equal((format, 1.0), (best.Format.Name, best.Share));
    }

    [Theory]
    [InlineData("10.0.0.1 - - [22/Nov/2026:10:00:00 +0000] \"GET / HTTP/1.1\" 200 1 \"-\" \"agent\"", "alb", "combined")]
    [InlineData("10.0.0.1 - - [22/Nov/2026:10:00:00 +0000] \"GET / HTTP/1.1\" 200 1", "combined", "common")]
    [InlineData("{\"time\":\"2026-11-22T10:00:00Z\",\"message\":\"a\"}", "combined", "json")]
    [InlineData("{\"time\":\"2026-11-22T10:00:00Z\",\"message\":\"a\"}", "json", null)]
    [InlineData("{\"time\":\"2026-11-22T10:00:00Z\",\"mess", "combined", null)]
    [InlineData("2026-11-22 10:00:00,123 [main] WARN  c.e.shop.OrderService - order 17 came twice", "combined", null)]
    [InlineData("ts=2026-11-22T10:00:00.123Z level=warn msg=\"order 17 came twice\"", "combined", null)]
    [InlineData("no log at all", "combined", null)]
    [InlineData("Ip,Time,Endpoint,Response", "combined", null)]
    [InlineData("#Version: 1.0", "combined", null)]
    [InlineData("", "combined", null)]
    public void A_line_that_the_format_of_its_file_does_not_read_is_told_to_be_of_another(string line, string readAs, string? expected) =>
        Assert.Equal(expected, FormatDetector.OfLine(Encoding.UTF8.GetBytes(line), readAs, FormatTable.BuiltIn)?.Name);

    [Theory]
    [MemberData(nameof(Detectable))]
    public void A_line_of_a_format_is_told_to_be_of_one_unless_the_format_is_general(string name)
    {
        var format = LogFormats.Find(name);
        var line = Encoding.UTF8.GetBytes(format.Example.Split('\n')[^1]);

        // What lies under a header says nothing without it.
        Assert.Equal(format.IsGeneral || name == "w3c", FormatDetector.OfLine(line, "none", FormatTable.BuiltIn) is null);
    }

    static FormatShare Best(string head) => Rank(head)[0];

    static IReadOnlyList<FormatShare> Rank(string head) => FormatDetector.Rank(Input(head), isWhole: true);

    static FormatInput Input(string head) => new() { Head = Encoding.UTF8.GetBytes(head) };
}
