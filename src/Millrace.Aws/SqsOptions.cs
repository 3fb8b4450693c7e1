namespace Millrace.Aws;

/// <summary>A queue of notifications, and how it is read. Credentials come from the environment or the AWS credential chain.</summary>
/// <param name="QueueUrl">The queue's URL, such as <c>https://sqs.eu-west-1.amazonaws.com/123456789012/uploads</c>; a host that is not of AWS is the endpoint too.</param>
public sealed record SqsOptions(Uri QueueUrl)
{
    /// <summary>How long one request waits for messages.</summary>
    public TimeSpan Wait { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How long a message that was received is hidden from others; renewed for as long as it is worked on.</summary>
    public TimeSpan Visibility { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long a message rests that could not be worked on.</summary>
    public TimeSpan Rest { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How often a message may be received before it is set aside.</summary>
    public int MostReceipts { get; init; } = 5;

    /// <summary>How many messages may be worked on at a time. When there are so many, receiving waits, and the others stay in the queue.</summary>
    public int MostInWork { get; init; } = 5000;

    /// <summary>The queue's name, for messages to a person; the account is not part of it.</summary>
    public string QueueName => QueueUrl.AbsolutePath[(QueueUrl.AbsolutePath.LastIndexOf('/') + 1)..];

    /// <summary>Reads a queue's URL as a person writes it. Throws a <see cref="UserException"/> for something else.</summary>
    public static SqsOptions Parse(string text, string option) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.AbsolutePath.Length > 1
            ? new SqsOptions(url)
            : throw new UserException($"'{text}' is no URL of a queue for {option}. Expected something like https://sqs.eu-west-1.amazonaws.com/123456789012/uploads.", UserException.Usage);
}
