using Millrace.Parsing;
using Millrace.Queries;
using Millrace.Queries.Scanning;
using Millrace.Sources;
using Millrace.Tests.Queries;

namespace Millrace.Tests.Parsing;

/// <summary>Real logs of AWS, read as <c>auto</c> reads them: the format, the events, and why lines are rejected.</summary>
public sealed class AwsLogsTests
{
    [Theory]
    [InlineData("clwo_alb.log", "alb", 2)]
    [InlineData("clwo_apigateway1.log", "apigateway", 20)]
    [InlineData("crowdsec_alb.log", "alb", 14)]
    [InlineData("lambda-promtail_albaccesslog.log", "alb", 2)]
    [InlineData("lambda-promtail_msklog.log", "app", 2)]
    [InlineData("lambda-promtail_nlbaccesslog.log", "nlb", 2)]
    [InlineData("lambda-promtail_s3accesslog.log", "s3-access", 1)]
    [InlineData("lambda-promtail_vpcflowlog.log", "vpc-flow", 3)]
    [InlineData("lambda-promtail_waflog.log", "waf", 1)]
    [InlineData("clwo_cloudfront.log", "cloudfront", 2)]
    [InlineData("crowdsec_cloudfront.log", "cloudfront", 2)]
    [InlineData("lambda-promtail_cloudfront.log", "cloudfront", 2)]
    public void Files_of_shared_data_are_read_without_rejects(string file, string format, int events)
    {
        var bytes = File.ReadAllBytes(Path.Combine(SharedData.Folder("aws"), file));
        Assert.SkipUnless(LogFormats.All.Any(one => one.Name == format), $"There is no format {format}.");

        var best = FormatDetector.Best(new() { Head = bytes }, isWhole: true);
        using var session = new QuerySession(Some.Options());
        var path = Path.Combine(SharedData.Folder("aws"), file).Replace("'", "''", StringComparison.Ordinal);
        var counted = Assert.Single(session.Rows($"SELECT count(*), count(timestamp) FROM logs('{path}')"));
        var rejects = session.Rows($"SELECT line, reason FROM rejects('{path}')");

        Assert.Equal(format, best?.Format.Name);
        Assert.Equal([], rejects);
        Assert.Equal($"{events}|{events}", counted);
    }

    [Fact]
    public void Every_file_of_shared_data_is_named_here()
    {
        var named = typeof(AwsLogsTests).GetMethod(nameof(Files_of_shared_data_are_read_without_rejects))!.GetCustomAttributes(typeof(InlineDataAttribute), false).Cast<InlineDataAttribute>();

        Assert.Equal(Directory.GetFiles(SharedData.Folder("aws")).Select(Path.GetFileName).Order(), named.Select(data => (string)data.Data[0]!).Order());
    }
}
