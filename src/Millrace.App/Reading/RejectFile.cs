using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Millrace.Queries.Scanning;
using Millrace.Sources;

namespace Millrace.App.Reading;

/// <summary>
/// The <c>--rejects</c> file: one JSON object a reject. <c>raw</c> is the line as text; where its bytes are no UTF-8, <c>raw_base64</c> keeps them as they were.
/// </summary>
sealed class RejectFile(Destination destination) : IRejectWriter, IAsyncDisposable
{
    readonly Lock _lock = new();
    readonly ArrayBufferWriter<byte> _buffer = new();
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

            _buffer.ResetWrittenCount();
            using (var json = new Utf8JsonWriter(_buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            {
                WriteObject(json, reject, line);
            }

            _buffer.Write("\n"u8);
            destination.Stream.Write(_buffer.WrittenSpan);
        }
    }

    /// <summary>Makes the file visible.</summary>
    public Task CommitAsync(CancellationToken cancellationToken)
    {
        _isComplete = true;
        return destination.CommitAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => destination.DisposeAsync();

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
