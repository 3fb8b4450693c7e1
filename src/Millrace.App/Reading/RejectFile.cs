using System.Text;
using System.Text.Json;
using Millrace.Queries.Results;
using Millrace.Queries.Scanning;
using Millrace.Sources;

namespace Millrace.App.Reading;

/// <summary>
/// The <c>--rejects</c> file: one JSON object a reject. <c>raw</c> is the line as text; where its bytes are no UTF-8, <c>raw_base64</c> keeps them as they
/// were.
/// </summary>
sealed class RejectFile(Destination destination) : IRejectWriter, IAsyncDisposable
{
    readonly Lock _lock = new();
    readonly JsonRows _rows = new(destination.Stream, isArray: false);
    bool _isComplete;

    /// <inheritdoc/>
    public void Write(Reject reject, ReadOnlySpan<byte> line)
    {
        lock (_lock)
        {
            // A report that found nothing reads its source once more to tell why; its rejects are in the file already.
            if (_isComplete)
            {
                return;
            }

            WriteObject(_rows.BeginRow(), reject, line);
            _rows.EndRow();
        }
    }

    /// <summary>Makes the file visible.</summary>
    public Task CommitAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            _isComplete = true;
            _rows.Finish();
        }

        return destination.CommitAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _rows.Dispose();
        return destination.DisposeAsync();
    }

    static void WriteObject(Utf8JsonWriter json, Reject reject, ReadOnlySpan<byte> line)
    {
        json.WriteStartObject();
        json.WriteString("file", reject.File);
        json.WriteNumber("line", reject.Line ?? throw new InvalidOperationException("Lines are numbered where rejects are written."));
        json.WriteNumber("byte_offset", reject.Offset);
        json.WriteString("reason", reject.Reason);
        json.WriteNumber("position", reject.Position);
        if (System.Text.Unicode.Utf8.IsValid(line))
        {
            json.WriteString("raw", line);
        }
        else
        {
            json.WriteString("raw", Encoding.UTF8.GetString(line));
            json.WriteBase64String("raw_base64", line);
        }

        json.WriteEndObject();
    }
}
