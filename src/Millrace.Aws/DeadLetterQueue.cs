using Amazon.SQS.Model;
using Millrace.Sources.Arrivals;

namespace Millrace.Aws;

/// <summary>Another queue, which takes messages that cannot be used, as they were, with the reason as an attribute.</summary>
/// <param name="options">The queue.</param>
public sealed class DeadLetterQueue(SqsOptions options) : ISetAside, IDisposable
{
    readonly SqsConnection _connection = new(options);

    /// <inheritdoc/>
    public Task AddAsync(string from, string reason, string content, CancellationToken cancellationToken)
    {
        static MessageAttributeValue Text(string text) => new() { DataType = "String", StringValue = text };
        var request = new SendMessageRequest(options.QueueUrl.ToString(), content)
        {
            MessageAttributes = new() { ["millrace.from"] = Text(from), ["millrace.reason"] = Text(reason) },
        };
        return _connection.CallAsync(client => client.SendMessageAsync(request, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();
}
