using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Millrace.Queries.Results;

/// <summary>
/// Writes JSON a row at a time: an array with a value a line, or values a line each (NDJSON). Rows are collected and go to the stream in steps of 64 KiB, on
/// <see cref="Flush"/> and on <see cref="Finish"/>; the stream always gets whole rows.
/// </summary>
/// <param name="output">Where the rows go; it stays open.</param>
/// <param name="isArray">True for one array, false for NDJSON.</param>
public sealed class JsonRows(Stream output, bool isArray) : IDisposable
{
    const int StepBytes = 1 << 16;

    /// <summary>Rows are written for programs and files, never into a page: only what JSON itself demands is escaped.</summary>
    static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    readonly ArrayBufferWriter<byte> _buffer = new(2 * StepBytes);
    Utf8JsonWriter? _json;
    bool _isAny;

    /// <summary>Begins a row. The caller writes one value, without keeping the writer, and then calls <see cref="EndRow"/>.</summary>
    public Utf8JsonWriter BeginRow()
    {
        if (isArray)
        {
            _buffer.Write(_isAny ? ",\n  "u8 : "[\n  "u8);
        }

        _isAny = true;
        if (_json is null)
        {
            return _json = new Utf8JsonWriter(_buffer, Relaxed);
        }

        _json.Reset();
        return _json;
    }

    /// <summary>Ends the row that was begun.</summary>
    public void EndRow()
    {
        _json!.Flush();
        if (!isArray)
        {
            _buffer.Write("\n"u8);
        }

        if (_buffer.WrittenCount >= StepBytes)
        {
            WriteOut();
        }
    }

    /// <summary>Hands the rows so far to the stream and flushes it.</summary>
    public void Flush()
    {
        WriteOut();
        output.Flush();
    }

    /// <summary>Ends the array and flushes. Without this call an array stays open, as it should where rows are missing.</summary>
    public void Finish()
    {
        if (isArray)
        {
            _buffer.Write(_isAny ? "\n]\n"u8 : "[]\n"u8);
        }

        Flush();
    }

    /// <summary>Releases the writer. Writes nothing to the stream.</summary>
    public void Dispose() => _json?.Dispose();

    void WriteOut()
    {
        if (_buffer.WrittenCount > 0)
        {
            output.Write(_buffer.WrittenSpan);
            _buffer.ResetWrittenCount();
        }
    }
}
