using System.Globalization;
using Millrace.Sources;

namespace Millrace.Tests.Sources;

public class NameDatesTests
{
    [Theory]
    [InlineData("logs/2026/11/22/part-1.gz", "2026-11-22T00", 24)]
    [InlineData("logs/2026-11-22.log", "2026-11-22T00", 24)]
    [InlineData("logs/2026_11_22.log", "2026-11-22T00", 24)]
    [InlineData("logs/2026.11.22.log", "2026-11-22T00", 24)]
    [InlineData(@"logs\2026\11\22\part.log", "2026-11-22T00", 24)]
    [InlineData("access.log-20261122", "2026-11-22T00", 24)]
    [InlineData("access20261122.log", "2026-11-22T00", 24)]
    [InlineData("access_20261122_0001.log", "2026-11-22T00", 24)]
    [InlineData("lake/dt=2026-11-22/a.log", "2026-11-22T00", 24)]
    [InlineData("lake/dt=20261122/a.log", "2026-11-22T00", 24)]
    [InlineData("lake/date=2026-11-22/hour=05/a.log", "2026-11-22T05", 1)]
    [InlineData("lake/year=2026/month=11/day=22/a.log", "2026-11-22T00", 24)]
    [InlineData("lake/year=2026/month=1/day=2/hour=3/a.log", "2026-01-02T03", 1)]
    [InlineData("lake/Year=2026/Month=11/Day=22/a.log", "2026-11-22T00", 24)]
    [InlineData("order-service-2026-11-22.txt", "2026-11-22T00", 24)]
    [InlineData("logs/2026/11/22/13/delivery-1.gz", "2026-11-22T13", 1)]
    [InlineData("logs/2026112213.log", "2026-11-22T13", 1)]
    [InlineData("logs/20261122134501.log", "2026-11-22T13", 1)]
    [InlineData("lb_20261122T1340Z_10.0.0.1_x.log.gz", "2026-11-22T13", 1)]
    [InlineData("app-2026-11-22T13:40:00.log", "2026-11-22T13", 1)]
    [InlineData("prefix2026-11-22-13-40-59-0A1B2C3D4E5F6071", "2026-11-22T13", 1)]
    [InlineData("2026/11/22/13/delivery-1-2026-11-22-13-40-59-9b1d.gz", "2026-11-22T13", 1)]
    [InlineData("2026/11/22/13/late-2026-11-22-12-59-59.gz", "2026-11-22T00", 24)]
    [InlineData("2026/11/22/2026-11-22.log", "2026-11-22T00", 24)]
    [InlineData("2024-02-29.log", "2024-02-29T00", 24)]
    [InlineData("host-01-2026-11-22.log", "2026-11-22T00", 24)]
    [InlineData("AWSLogs/123456789012/elasticloadbalancing/eu-west-1/2026/11/22/x.log.gz", "2026-11-22T00", 24)]
    [InlineData("AWSLogs/123456789012/elasticloadbalancing/eu-west-1/2026/11/22/123456789012_elasticloadbalancing_eu-west-1_app.shop.50dc6c495c0c9188_20261122T1340Z_192.0.2.9_2s2ho7qd.log.gz", "2026-11-22T13", 1)]
    [InlineData("AWSLogs/123456789012/elasticloadbalancing/eu-west-1/2026/11/22/conn_log.123456789012_elasticloadbalancing_eu-west-1_app.shop.50dc6c495c0c9188_20261122T1340Z_192.0.2.9_2s2ho7qd.log.gz", "2026-11-22T13", 1)]
    [InlineData("AWSLogs/123456789012/elasticloadbalancing/eu-west-1/2026/11/22/123456789012_elasticloadbalancing_eu-west-1_net.shop.c6e77e28c25b2234_20261122T1340Z_1a2b3c4d.log.gz", "2026-11-22T13", 1)]
    [InlineData("AWSLogs/123456789012/vpcflowlogs/eu-west-1/2026/11/22/123456789012_vpcflowlogs_eu-west-1_fl-1234abcd_20261122T1340Z_fe123456.log.gz", "2026-11-22T13", 1)]
    [InlineData("AWSLogs/aws-account-id=123456789012/aws-service=vpcflowlogs/aws-region=eu-west-1/year=2026/month=11/day=22/hour=13/123456789012_vpcflowlogs_eu-west-1_fl-1234abcd_20261122T1340Z_fe123456.log.gz", "2026-11-22T13", 1)]
    [InlineData("AWSLogs/123456789012/CloudTrail/eu-west-1/2026/11/22/123456789012_CloudTrail_eu-west-1_20261122T1340Z_a1b2c3D4e5F6.json.gz", "2026-11-22T13", 1)]
    [InlineData("AWSLogs/o-1234567890/123456789012/CloudTrail/eu-west-1/2026/11/22/123456789012_CloudTrail_eu-west-1_20261122T1340Z_a1b2c3.json.gz", "2026-11-22T13", 1)]
    [InlineData("AWSLogs/123456789012/WAFLogs/eu-west-1/shop/2026/11/22/13/40/123456789012_waflogs_eu-west-1_shop_20261122T1340Z_1a2b3c4d.log.gz", "2026-11-22T13", 1)]
    [InlineData("AWSLogs/123456789012/WAFLogs/cloudfront/edge/2026/11/22/13/40/123456789012_waflogs_cloudfront_edge_20261122T1340Z_1a2b3c4d.log.gz", "2026-11-22T13", 1)]
    [InlineData("cdn/E2ABCDEFGHIJKL.2026-11-22-13.1a2b3c4d.gz", "2026-11-22T00", 24)]
    [InlineData("logs/123456789012/eu-west-1/shop-assets/2026/11/22/2026-11-22-13-40-59-E568B2907131C0C0", "2026-11-22T13", 1)]
    [InlineData("waf/2026/11/22/13/aws-waf-logs-shop-1-2026-11-22-13-40-59-0a1b2c3d", "2026-11-22T13", 1)]
    public void A_date_in_a_name_is_read(string name, string start, int hours)
    {
        Assert.True(NameDates.TryFind(name, 0, out var foundStart, out var length));

        Assert.Equal(start, foundStart.ToString("yyyy-MM-dd'T'HH", CultureInfo.InvariantCulture));
        Assert.Equal(TimeSpan.FromHours(hours), length);
    }

    [Theory]
    [InlineData("app-2026-11-22-13.log")]
    [InlineData("app-2026-11-22-01.log.gz")]
    [InlineData("2026/11/22/13-server.log")]
    [InlineData("2026/11/22/77/x.log")]
    public void A_number_that_may_count_files_is_no_hour(string name)
    {
        Assert.True(NameDates.TryFind(name, 0, out _, out var length));

        Assert.Equal(TimeSpan.FromDays(1), length);
    }

    [Theory]
    [InlineData("access.log")]
    [InlineData("access.log.12")]
    [InlineData("2026/11/part.log")]
    [InlineData("year=2026/month=11/a.log")]
    [InlineData("app-1989-01-01.log")]
    [InlineData("app-2101-01-01.log")]
    [InlineData("app-2026-13-01.log")]
    [InlineData("app-2026-00-10.log")]
    [InlineData("app-2026-02-30.log")]
    [InlineData("app-2023-02-29.log")]
    [InlineData("app-20261301.log")]
    [InlineData("app-12026-11-22.log")]
    [InlineData("app-2026-11-221.log")]
    [InlineData("app-120261122.log")]
    [InlineData("app-2026112299.log")]
    [InlineData("app-202611221340.log")]
    [InlineData("3f20110304ab.log")]
    [InlineData("20110304-1a2b-4c3d-8e9f-0123456789ab.log")]
    [InlineData("app-1663250400.log")]
    [InlineData("app-2026-11_22.log")]
    [InlineData("2026-11-22_2026-11-28.log")]
    [InlineData("2026/11/22/2026-11-23.log")]
    [InlineData("dt=2026-11-22/app-20261123.log")]
    [InlineData("app-15-09-2022-10-11.log")]
    [InlineData("15/09/2022/10/11/app.log")]
    [InlineData("app-22112026.log")]
    [InlineData("")]
    public void What_is_not_certain_is_no_date(string name)
    {
        Assert.False(NameDates.TryFind(name, 0, out _, out _));
        Assert.True(NameDates.MayHold(name, 0, DateTimeOffset.MaxValue.AddDays(-3), null));
    }

    [Fact]
    public void Every_day_of_a_century_is_read_in_every_layout()
    {
        string[] layouts = ["'a/'yyyy/MM/dd'/x'", "'a-'yyyy-MM-dd", "'a.'yyyyMMdd'.gz'", "'dt='yyyy-MM-dd'/x'", "'year='yyyy'/month='MM'/day='dd", "'year='yyyy'/month='%M'/day='%d'/x'"];
        for (var day = new DateTime(1990, 1, 1); day.Year <= 2100; day = day.AddDays(1))
        {
            foreach (var layout in layouts)
            {
                var name = day.ToString(layout, CultureInfo.InvariantCulture);

                Assert.True(NameDates.TryFind(name, 0, out var start, out _), name);
                Assert.Equal(day, start.UtcDateTime);
            }
        }
    }

    [Theory]
    [InlineData("a-2026-11-22.log", "2026-11-23T23:59:59Z", null, true)]
    [InlineData("a-2026-11-22.log", "2026-11-24T00:00:00Z", null, false)]
    [InlineData("a-2026-11-22.log", null, "2026-11-21T00:00:00Z", true)]
    [InlineData("a-2026-11-22.log", null, "2026-11-20T23:59:59Z", false)]
    [InlineData("a-2026-11-22.log", "2026-11-22T12:00:00Z", "2026-11-22T13:00:00Z", true)]
    [InlineData("a-2026-11-22.log", "2026-11-24T01:00:00+02:00", null, true)]
    [InlineData("a-2026-11-22.log", null, null, true)]
    [InlineData("2026/11/22/05/a", "2026-11-23T05:59:59Z", null, true)]
    [InlineData("2026/11/22/05/a", "2026-11-23T06:00:00Z", null, false)]
    [InlineData("2026/11/22/05/a", null, "2026-11-21T05:00:00Z", true)]
    [InlineData("2026/11/22/05/a", null, "2026-11-21T04:59:59Z", false)]
    public void A_range_prunes_with_a_day_of_margin(string name, string? since, string? until, bool mayHold)
        => Assert.Equal(mayHold, NameDates.MayHold(name, 0, Parse(since), Parse(until)));

    [Fact]
    public void A_date_in_the_part_that_the_user_wrote_says_nothing_of_the_lines()
    {
        const string Name = "backup-2020-01-01/logs/app.log";

        Assert.False(NameDates.TryFind(Name, "backup-2020-01-01/logs/".Length, out _, out _));
        Assert.True(NameDates.TryFind("logs/2026/11/22.log", "logs/2026/11/".Length, out var start, out _));
        Assert.Equal(22, start.Day);
    }

    static DateTimeOffset? Parse(string? text) => text is null ? null : DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
