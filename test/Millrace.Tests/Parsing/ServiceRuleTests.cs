using Millrace.Parsing;
using Millrace.Parsing.Formats;

namespace Millrace.Tests.Parsing;

public sealed class ServiceRuleTests
{
    [Theory]
    [InlineData("file:{service}-{date}.txt", "in/order-service-2022-09-15.txt", "order-service")]
    [InlineData("file:{service}-{date}.txt", "order-service-20220915.txt.gz", "order-service")]
    [InlineData("file:{service}-{date}.txt", "order-service-2022-09-15.txt.zst", "order-service")]
    [InlineData("file:{service}-{date}.txt", "order-service.txt", null)]
    [InlineData("file:{service}-{date}.txt", "order-service-2022-09-15.txt.1", null)]
    [InlineData("file:{service}-{date}.txt", "-2022-09-15.txt", null)]
    [InlineData("file:{service}.log", "a.b.log", "a.b")]
    [InlineData("file:access-*-{service}.log", "access-17-shop.log", "shop")]
    [InlineData("file:{service}[1](x)+.log", "a[1](x)+.log", "a")]
    [InlineData("key:logs/{service}/{date}/", "s3://bucket/logs/pi-land/20231030/x.gz", "pi-land")]
    [InlineData("key:logs/{service}/{date}/", "s3://bucket/logs/pi-land/2023/10/30/x.gz", "pi-land")]
    [InlineData("key:logs/{service}/{date}/", "s3://bucket/otherlogs/pi-land/20231030/x.gz", null)]
    [InlineData("key:{service}/{date}/", "logs/pi-land/20231030/x.gz", "pi-land")]
    public void Names_of_files_name_services(string rule, string name, string? service)
    {
        var source = ServiceRule.Parse(rule).Resolve(CombinedFormat.Format.Bind(new())!, name);

        Assert.Equal(service, source.Kind == ColumnSourceKind.Constant ? source.Text : null);
    }

    [Theory]
    [InlineData("name:orders")]
    [InlineData("name:a:b")]
    [InlineData("file:{service}-{date}.txt")]
    [InlineData("key:logs/{service}/{date}/")]
    [InlineData("path:2")]
    [InlineData("user")]
    [InlineData("agent")]
    [InlineData("host")]
    [InlineData("field:a.b")]
    [InlineData("masked-user")]
    [InlineData("machine-agent")]
    public void A_rule_is_shown_as_it_is_written(string rule) => Assert.Equal(rule, ServiceRule.Parse(rule).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("name")]
    [InlineData("name:")]
    [InlineData("path:0")]
    [InlineData("path:-1")]
    [InlineData("path:x")]
    [InlineData("user:x")]
    [InlineData("nosuch:x")]
    public void What_is_no_rule_is_explained(string rule)
    {
        var failure = Assert.Throws<UserException>(() => ServiceRule.Parse(rule));

        Assert.Equal(
            $"The rule '{rule}' is not known. Expected name:TEXT, file:{{service}}-{{date}}.txt, key:logs/{{service}}/{{date}}/, path:N, user, agent, host, field:NAME, masked-user or machine-agent.",
            failure.Message);
    }

    [Fact]
    public void Equal_rules_are_equal() => Assert.Equal(ServiceRule.Parse("path:1"), ServiceRule.Parse("path:1"));

    [Fact]
    public void A_rule_that_a_format_has_nothing_for_gives_nothing() =>
        Assert.All(["user", "agent", "host", "masked-user", "machine-agent", "field:nosuch"], rule =>
            Assert.Equal(ColumnSourceKind.None, ServiceRule.Parse(rule).Resolve(TextFormat.Format.Bind(new())!, "a.log").Kind));
}
