using Millrace.Sources.Arrivals;

namespace Millrace.Tests.Sources.Arrivals;

public sealed class ObjectScopeTests
{
    [Theory]
    [InlineData("s3://b/logs/", "logs/2026/a.gz", true)]
    [InlineData("s3://b/logs/a", "logs/a.gz", true)]
    [InlineData("s3://b/logs/a.gz", "logs/a.gz", true)]
    [InlineData("s3://b/", "a.gz", true)]
    [InlineData("s3://b/logs/", "other/a.gz", false)]
    [InlineData("s3://c/logs/", "logs/a.gz", false)]
    [InlineData("s3://b/logs/*.gz", "logs/a.gz", true)]
    [InlineData("s3://b/logs/*.gz", "logs/x/a.gz", false)]
    [InlineData("s3://b/logs/**/*.gz", "logs/x/y/a.gz", true)]
    [InlineData("s3://b/{x,logs}/*.gz", "logs/a.gz", true)]
    [InlineData("s3://b/lake/", "lake/events/_delta_log/0.json", false)]
    [InlineData("s3://b/logs/", "logs/.a.gz", false)]
    [InlineData("s3://b/logs/", "logs/a.gz.tmp", false)]
    public void A_source_stands_for_objects_before_they_are_there(string source, string key, bool isMeant) =>
        Assert.Equal(isMeant, new ObjectScope([source]).Contains("b", key));
}
