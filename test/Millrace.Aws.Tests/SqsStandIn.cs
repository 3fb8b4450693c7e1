using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Millrace.Aws.Tests;

/// <summary>
/// A queue that speaks SQS's JSON protocol on the loopback: it hides what was received until its time is up, counts receipts, gives messages in any order, and can deliver each twice or not answer at all.
/// </summary>
sealed class SqsStandIn : HttpStandIn
{
    readonly Random _random = new(3);
    readonly Lock _lock = new();
    readonly List<Entry> _entries = [];
    int _handles;

    /// <summary>The URL of a queue of any name; all are the same one.</summary>
    public Uri Url(string name = "uploads") => new($"{Endpoint}/000000000000/{name}");

    /// <summary>True to deliver each message once more than it is asked for.</summary>
    public bool DeliversTwice { get; init; }

    /// <summary>True while every request fails.</summary>
    public bool IsDown { get; set; }

    /// <summary>How many requests of each kind there were.</summary>
    public Dictionary<string, int> Requests { get; } = [];

    /// <summary>The bodies that are in the queue, hidden or not.</summary>
    public List<string> Bodies
    {
        get
        {
            lock (_lock)
            {
                return [.. _entries.Where(entry => !entry.IsDeleted).Select(entry => entry.Body)];
            }
        }
    }

    public void Send(string body)
    {
        lock (_lock)
        {
            _entries.Add(new Entry(body));
        }
    }

    /// <summary>Ends the time for which messages are hidden.</summary>
    public void ShowAll()
    {
        lock (_lock)
        {
            _entries.ForEach(entry => entry.HiddenUntil = 0);
        }
    }

    protected override async Task<(int Status, string MediaType, string Text)> AnswerAsync(HttpListenerRequest request)
    {
        var what = request.Headers["X-Amz-Target"]!.Split('.')[1];
        var body = (await JsonNode.ParseAsync(request.InputStream))!;
        var (status, answer) = IsDown ? (500, new JsonObject { ["__type"] = "InternalFailure" }) : await AnswerAsync(what, body);
        return (status, "application/x-amz-json-1.0", answer.ToJsonString());
    }

    async Task<(int Status, JsonObject Answer)> AnswerAsync(string what, JsonNode request)
    {
        lock (_lock)
        {
            Requests[what] = Requests.GetValueOrDefault(what) + 1;
        }

        if (((string)request["QueueUrl"]!).EndsWith("/nothing", StringComparison.Ordinal))
        {
            return (400, new JsonObject { ["__type"] = "com.amazonaws.sqs#QueueDoesNotExist", ["message"] = "The specified queue does not exist." });
        }

        switch (what)
        {
            case "ReceiveMessage":
                return (200, new JsonObject { ["Messages"] = await ReceiveAsync((int)request["MaxNumberOfMessages"]!, (int)request["VisibilityTimeout"]!, (int)request["WaitTimeSeconds"]!) });
            case "DeleteMessage":
                Change((string)request["ReceiptHandle"]!, entry => entry.IsDeleted = true);
                return (200, []);
            case "ChangeMessageVisibility":
                Change((string)request["ReceiptHandle"]!, entry => entry.HiddenUntil = Until((int)request["VisibilityTimeout"]!));
                return (200, []);
            case "DeleteMessageBatch":
                return (200, Each(request, (one, entry) => entry.IsDeleted = true));
            case "ChangeMessageVisibilityBatch":
                return (200, Each(request, (one, entry) => entry.HiddenUntil = Until((int)one["VisibilityTimeout"]!)));
            case "SendMessage":
                Send((string)request["MessageBody"]!);
                return (200, new JsonObject { ["MessageId"] = "1", ["MD5OfMessageBody"] = Md5((string)request["MessageBody"]!) });
            default:
                return (200, new JsonObject { ["Attributes"] = new JsonObject { ["QueueArn"] = "arn:aws:sqs:us-east-1:000000000000:uploads" } });
        }
    }

    async Task<JsonArray> ReceiveAsync(int most, int visibilitySeconds, int waitSeconds)
    {
        for (var end = Until(waitSeconds); ;)
        {
            lock (_lock)
            {
                var shown = _entries.Where(entry => !entry.IsDeleted && entry.HiddenUntil <= Environment.TickCount64).OrderBy(_ => _random.Next()).Take(most).ToList();
                if (shown.Count > 0 || Environment.TickCount64 >= end)
                {
                    return [.. shown.Select(entry => Deliver(entry, visibilitySeconds))];
                }
            }

            await Task.Delay(20);
        }
    }

    JsonNode Deliver(Entry entry, int visibilitySeconds)
    {
        entry.Receipts++;
        entry.HiddenUntil = DeliversTwice && entry.Receipts == 1 ? 0 : Until(visibilitySeconds);
        var handle = $"h{_handles++}";
        entry.Handles.Add(handle);
        return new JsonObject
        {
            ["MessageId"] = handle,
            ["ReceiptHandle"] = handle,
            ["Body"] = entry.Body,
            ["MD5OfBody"] = Md5(entry.Body),
            ["Attributes"] = new JsonObject { ["ApproximateReceiveCount"] = $"{entry.Receipts}" },
        };
    }

    JsonObject Each(JsonNode request, Action<JsonNode, Entry> change)
    {
        var done = new JsonArray();
        foreach (var one in request["Entries"]!.AsArray())
        {
            Change((string)one!["ReceiptHandle"]!, entry => change(one, entry));
            done.Add(new JsonObject { ["Id"] = (string)one["Id"]! });
        }

        return new JsonObject { ["Successful"] = done };
    }

    void Change(string handle, Action<Entry> change)
    {
        lock (_lock)
        {
            // Where a message is to be delivered twice, deleting the first delivery comes too late.
            if (_entries.Find(entry => entry.Handles.Contains(handle)) is { } found && !(DeliversTwice && found.Receipts < 2))
            {
                change(found);
            }
        }
    }

    static long Until(int seconds) => Environment.TickCount64 + (seconds * 1000L);

    static string Md5(string text) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(text)));

    sealed record Entry(string Body)
    {
        public List<string> Handles { get; } = [];

        public int Receipts { get; set; }

        public long HiddenUntil { get; set; }

        public bool IsDeleted { get; set; }
    }
}
