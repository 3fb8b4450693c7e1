using System.Xml.Linq;
using Millrace.Lake.Retention;

namespace Millrace.Aws.Tests;

[Collection(S3Collection.Name)]
public sealed class S3LifecycleTests
{
    const string Prefix = "lake/";
    const string Others = """
        <LifecycleConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/">
          <Rule><ID>old-uploads</ID><Status>Enabled</Status><Filter><Prefix>uploads/</Prefix></Filter><AbortIncompleteMultipartUpload><DaysAfterInitiation>3</DaysAfterInitiation></AbortIncompleteMultipartUpload></Rule>
          <Rule><ID>tagged</ID><Status>Disabled</Status><Filter><And><Prefix>lake/events/dt=</Prefix><Tag><Key>k</Key><Value>v</Value></Tag></And></Filter><Expiration><Days>9</Days></Expiration></Rule>
          <Rule><ID>millrace-other-glacier_ir-after-30-days</ID><Status>Enabled</Status><Filter><Prefix>other/events/dt=</Prefix></Filter><Transition><Days>30</Days><StorageClass>GLACIER_IR</StorageClass></Transition></Rule>
        </LifecycleConfiguration>
        """;

    static readonly RetentionRule Cold = new("*", 30) { MoveTo = "GLACIER_IR" };

    // The server of the collection sets the credentials.
    public S3LifecycleTests(S3Server server) => Assert.NotNull(server);

    [Fact]
    public async Task A_bucket_without_a_lifecycle_gets_one()
    {
        using var bucket = new LifecycleStandIn();

        Assert.Equal((1, 0), await ApplyAsync(bucket, Cold));

        Assert.Equal(["GET /logs/?lifecycle", "PUT /logs/?lifecycle"], bucket.Requests);
        Assert.Equal(["millrace-lake-glacier_ir-after-30-days|Enabled|lake/events/dt=|30|GLACIER_IR"], Rules(bucket));
    }

    [Fact]
    public async Task Rules_of_others_stay_and_those_of_the_lake_are_replaced()
    {
        using var bucket = new LifecycleStandIn { Document = XElement.Parse(Others) };

        Assert.Equal((1, 3), await ApplyAsync(bucket, Cold));
        Assert.Equal((1, 3), await ApplyAsync(bucket, Cold with { AfterDays = 90 }));

        Assert.Equal(["millrace-lake-glacier_ir-after-90-days|Enabled|lake/events/dt=|90|GLACIER_IR"], Rules(bucket).Where(rule => rule.StartsWith("millrace-lake-", StringComparison.Ordinal)));
        var kept = bucket.Document!.Elements().Where(rule => !Value(rule, "ID").StartsWith("millrace-lake-", StringComparison.Ordinal));
        Assert.Equal(XElement.Parse(Others).Elements().Select(Canonical), kept.Select(Canonical));
    }

    [Fact]
    public async Task Where_no_rule_is_left_the_lifecycle_goes()
    {
        using var bucket = new LifecycleStandIn();
        await ApplyAsync(bucket, Cold);

        Assert.Equal((0, 0), await ApplyAsync(bucket));

        Assert.Null(bucket.Document);
        Assert.Equal("DELETE /logs/?lifecycle", bucket.Requests[^1]);
    }

    [Fact]
    public async Task A_permission_that_is_missing_is_named()
    {
        using var bucket = new LifecycleStandIn { IsForbidden = true };

        var failure = await Assert.ThrowsAsync<UserException>(() => ApplyAsync(bucket, Cold));

        Assert.Equal("Access to 's3://logs/?lifecycle' is denied: the credentials in use need the permission s3:GetLifecycleConfiguration.", failure.Message);
    }

    static async Task<(int Set, int Kept)> ApplyAsync(LifecycleStandIn bucket, params RetentionRule[] rules)
    {
        using var lifecycle = new S3Lifecycle(new S3Options { Endpoint = bucket.Endpoint });
        return await lifecycle.ApplyAsync("logs", Prefix, StorageLifecycle.Of(Prefix, rules), TestContext.Current.CancellationToken);
    }

    static string[] Rules(LifecycleStandIn bucket) =>
        [.. bucket.Document!.Elements().Select(rule => string.Join('|', new[] { "ID", "Status", "Prefix", "Days", "StorageClass" }.Select(name => Value(rule, name))))];

    static string Value(XElement rule, string name) => rule.Descendants().FirstOrDefault(element => element.Name.LocalName == name)?.Value ?? "";

    /// <summary>A rule's values, whatever the order of its elements.</summary>
    static string Canonical(XElement rule) => string.Join(' ', rule.Descendants().Where(element => !element.HasElements).Select(element => $"{element.Parent!.Name.LocalName}.{element.Name.LocalName}={element.Value}").Order(StringComparer.Ordinal));
}
