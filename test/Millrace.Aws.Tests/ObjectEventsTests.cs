using System.Text.Json;

namespace Millrace.Aws.Tests;

public sealed class ObjectEventsTests
{
    const string OfS3 = """
        {"Records":[{"eventVersion":"2.1","eventSource":"aws:s3","awsRegion":"us-east-1","eventTime":"2026-11-22T10:00:01.500Z","eventName":"ObjectCreated:Put",
        "s3":{"s3SchemaVersion":"1.0","bucket":{"name":"logs","arn":"arn:aws:s3:::logs"},"object":{"key":"2026/11/22/a+b%2Bc%3D%C3%A9.gz","size":1024,"eTag":"d41d8cd98f00b204e9800998ecf8427e","sequencer":"0A1B"}}}]}
        """;

    const string OfEventBridge = """
        {"version":"0","id":"1","detail-type":"Object Created","source":"aws.s3","account":"111122223333","time":"2026-11-22T10:00:02Z","region":"us-east-1","resources":["arn:aws:s3:::logs"],
        "detail":{"version":"0","bucket":{"name":"logs"},"object":{"key":"2026/11/22/a+b%2B.gz","size":5,"etag":"b1946ac92492d2347c6235b4d2611184","sequencer":"00"},"request-id":"N","reason":"PutObject"}}
        """;

    [Fact]
    public void Keys_of_S3s_own_notifications_are_encoded() =>
        Assert.Equal([new ObjectEvent("logs", "2026/11/22/a b+c=é.gz", 1024, new DateTimeOffset(2026, 11, 22, 10, 0, 1, 500, TimeSpan.Zero))], ObjectEvents.Parse(OfS3));

    [Fact]
    public void Keys_of_EventBridge_are_as_they_are() =>
        Assert.Equal([new ObjectEvent("logs", "2026/11/22/a+b%2B.gz", 5, new DateTimeOffset(2026, 11, 22, 10, 0, 2, TimeSpan.Zero))], ObjectEvents.Parse(OfEventBridge));

    [Theory]
    [InlineData(OfS3)]
    [InlineData(OfEventBridge)]
    public void What_SNS_wraps_is_read_alike(string body) =>
        Assert.Equal(ObjectEvents.Parse(body), ObjectEvents.Parse(JsonSerializer.Serialize(new { Type = "Notification", MessageId = "1", TopicArn = "arn:aws:sns:us-east-1:1:t", Message = body })));

    [Fact]
    public void A_message_may_tell_of_several_objects_and_of_others_that_went()
    {
        var records = OfS3.Trim()[..^2] + "," + OfS3.Trim()["{\"Records\":[".Length..^2].Replace("ObjectCreated:Put", "ObjectRemoved:Delete", StringComparison.Ordinal)
            + "," + OfS3.Trim()["{\"Records\":[".Length..^2].Replace("ObjectCreated:Put", "ObjectCreated:CompleteMultipartUpload", StringComparison.Ordinal).Replace("a+b", "second", StringComparison.Ordinal) + "]}";

        Assert.Equal(["2026/11/22/a b+c=é.gz", "2026/11/22/second+c=é.gz"], ObjectEvents.Parse(records).Select(one => one.Key));
    }

    [Theory]
    [InlineData("""{"Service":"Amazon S3","Event":"s3:TestEvent","Time":"2026-11-22T10:00:00.000Z","Bucket":"logs","RequestId":"1","HostId":"2"}""")]
    [InlineData("""{"detail-type":"Object Deleted","source":"aws.s3","detail":{"bucket":{"name":"logs"},"object":{"key":"a"}}}""")]
    [InlineData("""{"Records":[]}""")]
    public void Some_messages_tell_of_no_object(string body) => Assert.Empty(ObjectEvents.Parse(body));

    [Theory]
    [InlineData("hello", "It is no JSON.")]
    [InlineData("", "It is no JSON.")]
    [InlineData("[1]", "It is neither a notification of S3 nor an event of EventBridge.")]
    [InlineData("""{"order":1}""", "It is neither a notification of S3 nor an event of EventBridge.")]
    [InlineData("""{"detail-type":"EC2 Instance State-change Notification","source":"aws.ec2"}""", "It is neither a notification of S3 nor an event of EventBridge.")]
    [InlineData("""{"Records":[{"eventSource":"aws:s3","eventName":"ObjectCreated:Put"}]}""", "It lacks what a notification of S3 has.")]
    [InlineData("""{"Records":[{"eventSource":"aws:s3","eventName":"ObjectCreated:Put","s3":{"bucket":{"name":"b"},"object":{}}}]}""", "It lacks the key of an object.")]
    [InlineData("""{"Records":[{"eventSource":"aws:ses","eventName":"x"}]}""", "It tells of something else than S3.")]
    [InlineData("""{"Records":[{"eventSource":"aws:s3"}]}""", "It has a record without a name of what happened.")]
    [InlineData("""{"Records":{"eventSource":"aws:s3"}}""", "It lacks what a notification of S3 has.")]
    [InlineData("""{"Type":"Notification","Message":"hello"}""", "It is no JSON.")]
    public void What_is_no_notification_is_told(string body, string reason) => Assert.Equal(reason, Assert.Throws<FormatException>(() => ObjectEvents.Parse(body)).Message);
}
