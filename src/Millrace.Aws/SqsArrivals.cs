using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using Amazon.SQS.Model;
using Millrace.Sources;
using Millrace.Sources.Arrivals;

namespace Millrace.Aws;

/// <summary>
/// New objects as S3 tells of them through a queue. A message stays in the queue, hidden and renewed, until all its objects are acknowledged; if this process dies it shows again. A message that is no notification, or has been received
/// too often, is set aside and then deleted. Objects outside of the scope are passed over.
/// </summary>
public sealed class SqsArrivals : IArrivals
{
    const int MostPerRequest = 10;

    readonly SqsOptions _options;
    readonly IObjectStore _store;
    readonly ObjectScope _scope;
    readonly ISetAside _aside;
    readonly TimeProvider _clock;
    readonly SqsConnection _connection;
    readonly ReadAhead _readAhead = new();
    readonly ConcurrentDictionary<string, MessageInWork> _inWork = new();
    readonly ConcurrentQueue<MessageInWork> _done = new();
    readonly SemaphoreSlim _room;
    readonly CancellationTokenSource _end = new();
    readonly Task _renewal;

    /// <summary>Reads a queue. Connects when it is first asked.</summary>
    /// <param name="options">The queue.</param>
    /// <param name="store">Where the objects are.</param>
    /// <param name="scope">Which objects count.</param>
    /// <param name="aside">Takes messages that cannot be used.</param>
    /// <param name="clock">Says when to renew.</param>
    public SqsArrivals(SqsOptions options, IObjectStore store, ObjectScope scope, ISetAside aside, TimeProvider clock)
    {
        (_options, _store, _scope, _aside, _clock) = (options, store, scope, aside, clock);
        _connection = new SqsConnection(options);
        _room = new SemaphoreSlim(options.MostInWork);
        _renewal = RenewAsync(_end.Token);
    }

    /// <inheritdoc/>
    public string Name => $"the queue '{_options.QueueName}'";

    /// <inheritdoc/>
    public Task CheckAsync(CancellationToken cancellationToken) =>
        _connection.CallAsync(client => client.GetQueueAttributesAsync(_options.QueueUrl.ToString(), ["QueueArn"], cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public async IAsyncEnumerable<Arrival?> ReceiveAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = new ReceiveMessageRequest(_options.QueueUrl.ToString())
        {
            MaxNumberOfMessages = MostPerRequest,
            WaitTimeSeconds = (int)_options.Wait.TotalSeconds,
            VisibilityTimeout = (int)_options.Visibility.TotalSeconds,
            MessageSystemAttributeNames = ["ApproximateReceiveCount"],
        };
        while (!cancellationToken.IsCancellationRequested)
        {
            await WaitForRoomAsync(cancellationToken).ConfigureAwait(false);
            var received = await _connection.CallAsync(client => client.ReceiveMessageAsync(request, cancellationToken), cancellationToken).ConfigureAwait(false);
            foreach (var message in received.Messages ?? [])
            {
                foreach (var arrival in await TakeUpAsync(message, cancellationToken).ConfigureAwait(false))
                {
                    yield return arrival;
                }
            }

            await DeleteDoneAsync(cancellationToken).ConfigureAwait(false);
            yield return null;
        }
    }

    /// <inheritdoc/>
    public async Task AcknowledgeAsync(IReadOnlyList<Arrival> arrivals, CancellationToken cancellationToken)
    {
        foreach (var done in arrivals.Select(arrival => (MessageInWork)arrival.Receipt!).Where(message => message.TryFinishOne()))
        {
            _done.Enqueue(done);
        }

        await DeleteDoneAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task ReturnAsync(Arrival arrival, CancellationToken cancellationToken)
    {
        var message = (MessageInWork)arrival.Receipt!;
        if (!message.TryGiveUp())
        {
            return;
        }

        Release(message);
        try
        {
            var seconds = (int)_options.Rest.TotalSeconds;
            await _connection.CallAsync(client => client.ChangeMessageVisibilityAsync(_options.QueueUrl.ToString(), message.Handle, seconds, cancellationToken), cancellationToken).ConfigureAwait(false);
        }
        catch (UserException)
        {
            // It shows again when its time is up, since it is not renewed any more.
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync().ConfigureAwait(false);
        await _renewal.ConfigureAwait(false);
        _connection.Dispose();
        _room.Dispose();
        _end.Dispose();
    }

    /// <summary>Deletes the messages that are done. Those that cannot be deleted now stay hidden and are deleted later.</summary>
    async Task DeleteDoneAsync(CancellationToken cancellationToken)
    {
        var some = new List<MessageInWork>();
        while (some.Count < MostPerRequest && _done.TryDequeue(out var message))
        {
            some.Add(message);
        }

        if (some.Count == 0)
        {
            return;
        }

        try
        {
            var request = new DeleteMessageBatchRequest(_options.QueueUrl.ToString(), [.. some.Select((message, index) => new DeleteMessageBatchRequestEntry(Id(index), message.Handle))]);
            await _connection.CallAsync(client => client.DeleteMessageBatchAsync(request, cancellationToken), cancellationToken).ConfigureAwait(false);
        }
        catch (UserException)
        {
            some.ForEach(_done.Enqueue);
            throw;
        }

        some.ForEach(Release);
        await DeleteDoneAsync(cancellationToken).ConfigureAwait(false);
    }

    async Task<IReadOnlyList<Arrival>> TakeUpAsync(Message message, CancellationToken cancellationToken)
    {
        if (ReceiptsOf(message) > _options.MostReceipts)
        {
            await SetAsideAsync(message, $"It was received more than {_options.MostReceipts} times.", cancellationToken).ConfigureAwait(false);
            return [];
        }

        List<ObjectEvent> objects;
        try
        {
            objects = [.. ObjectEvents.Parse(message.Body).Where(one => (one.Size > 0 || !one.Key.EndsWith('/')) && _scope.Contains(one.Bucket, one.Key)).DistinctBy(one => (one.Bucket, one.Key))];
        }
        catch (FormatException e)
        {
            await SetAsideAsync(message, e.Message, cancellationToken).ConfigureAwait(false);
            return [];
        }

        if (objects.Count == 0)
        {
            await DeleteAsync(message, cancellationToken).ConfigureAwait(false);
            return [];
        }

        var work = new MessageInWork(message.ReceiptHandle, objects.Count);
        _inWork[work.Handle] = work;
        await _room.WaitAsync(cancellationToken).ConfigureAwait(false);
        return [.. objects.Select(one => ToArrival(one, work))];
    }

    Arrival ToArrival(ObjectEvent told, MessageInWork work) => new(
        new ObjectAddress(told.Bucket, told.Key).ToString(),
        told.Time is { } time && time < _clock.GetUtcNow() ? time : _clock.GetUtcNow(),
        async cancellationToken => await _store.FindAsync(told.Bucket, told.Key, cancellationToken).ConfigureAwait(false) is { } stored ? new ObjectFile(_store, told.Bucket, stored, _readAhead) : null)
    {
        Size = told.Size,
        Receipt = work,
    };

    /// <summary>Waits until another request's messages have room among those that are worked on.</summary>
    async Task WaitForRoomAsync(CancellationToken cancellationToken)
    {
        await _room.WaitAsync(cancellationToken).ConfigureAwait(false);
        _room.Release();
    }

    async Task SetAsideAsync(Message message, string reason, CancellationToken cancellationToken)
    {
        await _aside.AddAsync(Name, reason, message.Body, cancellationToken).ConfigureAwait(false);
        await DeleteAsync(message, cancellationToken).ConfigureAwait(false);
    }

    Task DeleteAsync(Message message, CancellationToken cancellationToken) =>
        _connection.CallAsync(client => client.DeleteMessageAsync(_options.QueueUrl.ToString(), message.ReceiptHandle, cancellationToken), cancellationToken);

    void Release(MessageInWork message)
    {
        if (_inWork.TryRemove(message.Handle, out _))
        {
            _room.Release();
        }
    }

    /// <summary>Keeps messages hidden for as long as they are worked on.</summary>
    async Task RenewAsync(CancellationToken end)
    {
        using var timer = new PeriodicTimer(_options.Visibility / 2, _clock);
        try
        {
            while (await timer.WaitForNextTickAsync(end).ConfigureAwait(false))
            {
                foreach (var some in _inWork.Keys.Chunk(MostPerRequest))
                {
                    await RenewAsync(some, end).ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // Disposed.
        }
    }

    async Task RenewAsync(string[] handles, CancellationToken end)
    {
        var seconds = (int)_options.Visibility.TotalSeconds;
        var request = new ChangeMessageVisibilityBatchRequest(
            _options.QueueUrl.ToString(), [.. handles.Select((handle, index) => new ChangeMessageVisibilityBatchRequestEntry(Id(index), handle) { VisibilityTimeout = seconds })]);
        try
        {
            await _connection.CallAsync(client => client.ChangeMessageVisibilityBatchAsync(request, end), end).ConfigureAwait(false);
        }
        catch (UserException)
        {
            // The message shows again before it is done, arrives twice, and is known the second time. Receiving tells of the queue's trouble.
        }
    }

    static int ReceiptsOf(Message message) =>
        message.Attributes?.TryGetValue("ApproximateReceiveCount", out var text) == true && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : 1;

    static string Id(int index) => index.ToString(CultureInfo.InvariantCulture);
}
