using System.Text;
using System.Text.Json;
using Millrace.Intake;
using Millrace.Lake;
using Millrace.Lake.Ingestion;
using Millrace.Lake.Watching;
using Millrace.Queries;
using Millrace.Sources;
using Millrace.Sources.Arrivals;
using Millrace.Tests.Sources;

namespace Millrace.Aws.Tests;

/// <summary>Notifications of new objects, through a queue that does what SQS may do.</summary>
[Collection(S3Collection.Name)]
public sealed class SqsArrivalsTests : IDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("millrace-sqs-");
    readonly MemoryObjectStore _store = new MemoryObjectStore().CreateBucket("logs");
    readonly WatchCounters _counters = new(TimeProvider.System);

    public void Dispose()
    {
        _counters.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Every_message_twice_and_out_of_order_is_in_once()
    {
        using var queue = new SqsStandIn { DeliversTwice = true };
        foreach (var i in Enumerable.Range(0, 30))
        {
            queue.Send(Notification(Put($"2026/{i:D2} é.log", i * 10, (i * 10) + 10)));
        }

        await WatchAsync(queue, () => queue.Bodies.Count == 0 && _counters.Waiting == 0);

        Assert.Equal((30L, 300L, 30L), (_counters.Objects, _counters.Events, _counters.Duplicates));
        await HoldsAsync(300);
    }

    [Fact]
    public async Task A_queue_that_is_gone_for_a_while_is_read_again()
    {
        using var queue = new SqsStandIn();
        queue.Send(Notification(Put("a.log", 0, 10)));

        await WatchAsync(queue, () => _counters.Events == 10, async () =>
        {
            queue.IsDown = true;
            queue.Send(Notification(Put("b.log", 10, 30)));
            await UntilAsync(() => _counters.Failures >= 2);
            queue.IsDown = false;
            await UntilAsync(() => queue.Bodies.Count == 0);
        });

        await HoldsAsync(30);
    }

    [Fact]
    public async Task What_is_no_notification_or_is_received_too_often_is_set_aside()
    {
        using var queue = new SqsStandIn();
        queue.Send("hello");
        var often = Notification(Put("a.log", 0, 10));
        queue.Send(often);
        foreach (var _ in Enumerable.Range(0, 5))
        {
            await using var other = Open(queue);
            await using var received = other.ReceiveAsync(default).GetAsyncEnumerator();
            while (await received.MoveNextAsync() && received.Current is null)
            {
            }

            queue.ShowAll();
        }

        await WatchAsync(queue, () => queue.Bodies.Count == 0);

        Assert.Equal(
            [("the queue 'uploads'", "It is no JSON.", "hello"), ("the queue 'uploads'", "It was received more than 5 times.", often)],
            File.ReadLines(AsidePath).Select(line => JsonDocument.Parse(line).RootElement)
                .Select(one => (one.GetProperty("from").GetString(), one.GetProperty("reason").GetString(), one.GetProperty("content").GetString())).Order());
    }

    [Fact]
    public async Task Test_events_other_places_and_folders_are_deleted_and_objects_that_went_are_counted()
    {
        using var queue = new SqsStandIn();
        queue.Send("""{"Service":"Amazon S3","Event":"s3:TestEvent","Bucket":"logs"}""");
        queue.Send(Notification("elsewhere/a.log", bucket: "others"));
        queue.Send(Notification("folder/", size: 0));
        queue.Send(Notification("gone.log"));

        await WatchAsync(queue, () => queue.Bodies.Count == 0);

        Assert.Equal((1L, 0L, 0L), (_counters.Vanished, _counters.SetAside, _counters.Objects));
    }

    [Fact]
    public async Task A_message_is_hidden_for_as_long_as_it_is_worked_on()
    {
        using var queue = new SqsStandIn();
        queue.Send(Notification(Put("a.log", 0, 10)));
        await using var arrivals = Open(queue, visibility: TimeSpan.FromSeconds(2));
        await using var received = arrivals.ReceiveAsync(default).GetAsyncEnumerator();
        Assert.True(await received.MoveNextAsync());
        var arrival = received.Current!;

        await UntilAsync(() => queue.Requests.GetValueOrDefault("ChangeMessageVisibilityBatch") >= 3);

        Assert.True(await received.MoveNextAsync());
        Assert.Null(received.Current);
        await arrivals.AcknowledgeAsync([arrival], default);
        Assert.Empty(queue.Bodies);
    }

    [Fact]
    public async Task A_message_of_several_objects_is_deleted_after_the_last()
    {
        using var queue = new SqsStandIn();
        queue.Send($$"""{"Records":[{{Record("a.log")}},{{Record("b.log")}}]}""");
        await using var arrivals = Open(queue);
        await using var received = arrivals.ReceiveAsync(default).GetAsyncEnumerator();
        await received.MoveNextAsync();
        var first = received.Current!;
        await received.MoveNextAsync();
        var second = received.Current!;

        await arrivals.AcknowledgeAsync([second], default);
        Assert.Single(queue.Bodies);
        await arrivals.AcknowledgeAsync([first], default);

        Assert.Empty(queue.Bodies);
    }

    [Fact]
    public async Task A_message_whose_object_cannot_be_read_stays()
    {
        using var queue = new SqsStandIn();
        queue.Send($$"""{"Records":[{{Record("a.log")}},{{Record("b.log")}}]}""");
        await using var arrivals = Open(queue);
        await using var received = arrivals.ReceiveAsync(default).GetAsyncEnumerator();
        await received.MoveNextAsync();
        var first = received.Current!;
        await received.MoveNextAsync();

        await arrivals.ReturnAsync(first, default);
        await arrivals.AcknowledgeAsync([received.Current!], default);

        Assert.Single(queue.Bodies);
        Assert.Equal(1, queue.Requests["ChangeMessageVisibility"]);
    }

    [Fact]
    public async Task Messages_may_be_set_aside_in_another_queue()
    {
        using var queue = new SqsStandIn();
        using var letters = new SqsStandIn();
        queue.Send("hello");
        using var aside = new DeadLetterQueue(new SqsOptions(letters.Url("letters")));
        await using var arrivals = new SqsArrivals(Options(queue), _store, new ObjectScope(["s3://logs/"]), aside, TimeProvider.System);
        await using var received = arrivals.ReceiveAsync(default).GetAsyncEnumerator();

        await received.MoveNextAsync();

        Assert.Empty(queue.Bodies);
        Assert.Equal(["hello"], letters.Bodies);
    }

    [Fact]
    public async Task A_queue_that_is_not_there_is_told()
    {
        using var queue = new SqsStandIn();
        await using var missing = new SqsArrivals(new SqsOptions(queue.Url("nothing")), _store, new ObjectScope(["s3://logs/"]), new SetAsideFile(AsidePath, TimeProvider.System), TimeProvider.System);

        var failure = await Assert.ThrowsAsync<UserException>(() => missing.CheckAsync(default));

        Assert.Equal("There is no queue 'nothing'; check its URL and region.", failure.Message);
    }

    [Fact]
    public async Task A_queue_that_nobody_answers_for_is_told_without_its_host()
    {
        var options = new SqsOptions(new Uri($"http://127.0.0.1:{S3Server.FreePort()}/123456789012/uploads"));
        await using var arrivals = new SqsArrivals(options, _store, new ObjectScope(["s3://logs/"]), new SetAsideFile(AsidePath, TimeProvider.System), TimeProvider.System);

        var failure = await Assert.ThrowsAsync<UserException>(() => arrivals.CheckAsync(default));

        Assert.Equal("The queue 'uploads' cannot be reached (Connection refused). Check the network and the queue's URL.", failure.Message);
    }

    [Theory]
    [InlineData("uploads")]
    [InlineData("ftp://sqs.eu-west-1.amazonaws.com/123456789012/uploads")]
    [InlineData("https://sqs.eu-west-1.amazonaws.com")]
    public void What_is_no_URL_of_a_queue_is_told(string text) => Assert.Equal(
        $"'{text}' is no URL of a queue for --queue. Expected something like https://sqs.eu-west-1.amazonaws.com/123456789012/uploads.",
        Assert.Throws<UserException>(() => SqsOptions.Parse(text, "--queue")).Message);

    string AsidePath => Path.Join(_folder.FullName, "set-aside.ndjson");

    LakeTable Lake => new(new DirectoryStorage(Path.Join(_folder.FullName, "lake")), TimeProvider.System);

    static SqsOptions Options(SqsStandIn queue) => new(queue.Url()) { Wait = TimeSpan.FromSeconds(1) };

    SqsArrivals Open(SqsStandIn queue, TimeSpan? visibility = null)
    {
        var options = visibility is { } given ? Options(queue) with { Visibility = given } : Options(queue);
        return new SqsArrivals(options, _store, new ObjectScope(["s3://logs/"]), new CountedSetAside(new SetAsideFile(AsidePath, TimeProvider.System), _counters, _ => { }), TimeProvider.System);
    }

    async Task WatchAsync(SqsStandIn queue, Func<bool> isTrue, Func<Task>? then = null)
    {
        using var stop = new CancellationTokenSource();
        await using var arrivals = Open(queue);
        var query = new QueryOptions { Sources = new SourceResolver(() => Stream.Null), AsOf = DateTimeOffset.UnixEpoch, Threads = 2 };
        var options = new IntakeOptions { BatchAge = TimeSpan.FromMilliseconds(50), FirstPause = TimeSpan.FromMilliseconds(10), LongestPause = TimeSpan.FromMilliseconds(100) };
        var run = new LakeWatch(Lake, new IngestOptions { Query = query }, options, _counters, TimeProvider.System).RunAsync([arrivals], stop.Token, default);
        await UntilAsync(() => run.IsCompleted || isTrue());
        await (then?.Invoke() ?? Task.CompletedTask);
        await stop.CancelAsync();
        await run.WaitAsync(Patience);
    }

    static async Task UntilAsync(Func<bool> isTrue)
    {
        using var end = new CancellationTokenSource(Patience);
        while (!isTrue())
        {
            await Task.Delay(20, end.Token);
        }
    }

    string Put(string key, int from, int to)
    {
        _store.With("logs", key, Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(from, to - from).Select(i =>
            $"10.0.0.1 - - [22/Nov/2026:10:{i / 60 % 60:00}:{i % 60:00} +0000] \"GET /a/{i} HTTP/1.1\" 200 {i} \"-\" \"agent\"\n"))));
        return key;
    }

    static string Notification(string key, string bucket = "logs", int size = 10) => $$"""{"Records":[{{Record(key, bucket, size)}}]}""";

    static string Record(string key, string bucket = "logs", int size = 10) =>
        $$$$"""{"eventSource":"aws:s3","eventTime":"2026-11-22T10:00:00Z","eventName":"ObjectCreated:Put","s3":{"bucket":{"name":"{{{{bucket}}}}"},"object":{"key":"{{{{Uri.EscapeDataString(key)}}}}","size":{{{{size}}}}}}}""";

    async Task HoldsAsync(int lines)
    {
        var events = await new LakeEvents(Lake, await Lake.ReadAsync(default)).InAsync(null, null, default);
        using var session = new QuerySession(new QueryOptions { Sources = new SourceResolver(() => Stream.Null), AsOf = DateTimeOffset.UnixEpoch });
        using var result = session.Execute($"SELECT COUNT(*), COUNT(DISTINCT bytes), MAX(bytes) FROM ({events.Sql})");
        Assert.True(result.Read());
        Assert.Equal([$"{lines}", $"{lines}", $"{lines - 1}"], result.Columns.Select(column => column.Text(result.Row)));
    }
}
