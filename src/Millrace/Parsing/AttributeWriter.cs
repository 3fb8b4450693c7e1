using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Millrace.Parsing.Syslog;

namespace Millrace.Parsing;

/// <summary>Writes the <c>attributes</c> column: one JSON object of what has no column of its own.</summary>
sealed class AttributeWriter : IDisposable
{
    readonly TextDecoder _decoder;
    readonly ArrayBufferWriter<byte> _buffer = new();
    readonly Utf8JsonWriter _json;

    public AttributeWriter(TextDecoder decoder)
    {
        _decoder = decoder;
        _json = new Utf8JsonWriter(_buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });
    }

    public void Dispose() => _json.Dispose();

    /// <summary>The object as JSON, of use until the next call; empty where there are no attributes.</summary>
    public ReadOnlySpan<byte> Write(ReadOnlySpan<byte> line, AttributeList attributes)
    {
        if (attributes.Count == 0)
        {
            return default;
        }

        _buffer.ResetWrittenCount();
        _json.Reset(_buffer);
        _json.WriteStartObject();
        for (var i = 0; i < attributes.Count; i++)
        {
            ref readonly var pair = ref attributes[i];
            _json.WritePropertyName(attributes.NameAt(i) ?? _decoder.Decode(line.Slice(pair.Key.Start, pair.Key.Length), pair.Key.Escape));
            WriteValue(line.Slice(pair.Value.Start, pair.Value.Length), pair.Value.Escape);
        }

        _json.WriteEndObject();
        _json.Flush();
        return _buffer.WrittenSpan;
    }

    void WriteValue(ReadOnlySpan<byte> text, TextEscape escape)
    {
        switch (escape)
        {
            case TextEscape.JsonValue:
                _json.WriteRawValue(_decoder.Repair(text), skipInputValidation: true);
                break;
            case TextEscape.Flag:
                _json.WriteBooleanValue(true);
                break;
            case TextEscape.SyslogParameters:
                WriteParameters(text);
                break;
            default:
                _json.WriteStringValue(_decoder.Decode(text, escape));
                break;
        }
    }

    void WriteParameters(ReadOnlySpan<byte> text)
    {
        _json.WriteStartObject();
        for (var at = 0; SyslogParameters.TryTake(text, ref at, out var name, out var value);)
        {
            _json.WritePropertyName(_decoder.Repair(text[name]));
            _json.WriteStringValue(_decoder.Decode(text[value], TextEscape.SyslogParameters));
        }

        _json.WriteEndObject();
    }
}
