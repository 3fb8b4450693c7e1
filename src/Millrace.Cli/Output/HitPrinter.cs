using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using Millrace.Events;
using Millrace.Parsing.Lines;
using Millrace.Search;

namespace Millrace.Cli.Output;

/// <summary>
/// Prints hits as they come: lines for a person, objects or rows for a program. Bytes that are not UTF-8 are shown as U+FFFD. What is printed is collected and written by
/// <see cref="Flush"/>, or when it has become much.
/// </summary>
sealed class HitPrinter
{
    const int FlushBytes = 1 << 16;
    const int MostDigits = 20;
    const string Purple = "\u001b[35m";
    const string Green = "\u001b[32m";
    const string Red = "\u001b[1;31m";
    const string Plain = "\u001b[0m";

    static readonly JsonWriterOptions Lenient = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    readonly OutputKind _kind;
    readonly Stream _output;
    readonly Regex? _terms;
    readonly bool _hasContext;
    readonly ArrayBufferWriter<byte> _buffer = new();
    Utf8JsonWriter? _json;
    long _printed;

    public HitPrinter(OutputKind kind, Stream output, SearchQuery query, bool highlights)
    {
        (_kind, _output, _hasContext) = (kind, output, query.Context > 0);
        if (highlights && kind == OutputKind.Table && query.Terms.Count > 0)
        {
            var any = string.Join('|', query.Terms.Select(term => query.IsRegex ? $"(?:{term})" : Regex.Escape(term)));
            _terms = new Regex(any, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | (query.IgnoresCase ? RegexOptions.IgnoreCase : RegexOptions.None));
        }

        IsColoured = highlights;
        if (kind == OutputKind.Csv)
        {
            Write("file,line,timestamp,text\n");
        }
    }

    bool IsColoured { get; }

    /// <summary>Prints one.</summary>
    public void Print(scoped in SearchHit hit)
    {
        switch (_kind)
        {
            case OutputKind.Table:
                PrintLines(hit);
                break;
            case OutputKind.Csv:
                Write(string.Create(CultureInfo.InvariantCulture, $"{Cell(hit.File)},{hit.Line},{TimeOf(hit)},{Cell(TextOf(hit.Text))}\n"));
                break;
            default:
                Write(_kind == OutputKind.Json ? _printed == 0 ? "[\n" : ",\n" : "");
                PrintObject(hit);
                Write(_kind == OutputKind.Json ? "" : "\n");
                break;
        }

        _printed++;
        if (_buffer.WrittenCount >= FlushBytes)
        {
            Flush();
        }
    }

    /// <summary>Writes what was collected.</summary>
    public void Flush()
    {
        if (_buffer.WrittenCount > 0)
        {
            _output.Write(_buffer.WrittenSpan);
            _buffer.ResetWrittenCount();
        }

        _output.Flush();
    }

    /// <summary>Ends what was printed.</summary>
    public void End()
    {
        if (_kind == OutputKind.Json)
        {
            Write(_printed == 0 ? "[]\n" : "\n]\n");
        }

        Flush();
    }

    void PrintLines(scoped in SearchHit hit)
    {
        if (_hasContext && _printed > 0)
        {
            Write("--\n");
        }

        var line = hit.Line - hit.Before.Count;
        foreach (var before in hit.Before)
        {
            PrintLine(hit.File, line++, "-", before, isHit: false);
        }

        for (var rest = hit.Text; !rest.IsEmpty;)
        {
            PrintLine(hit.File, line++, ":", EventBoundary.TakeLine(ref rest), isHit: true);
        }

        foreach (var after in hit.After)
        {
            PrintLine(hit.File, line++, "-", after, isHit: false);
        }
    }

    void PrintLine(string file, long line, string separator, ReadOnlySpan<byte> bytes, bool isHit)
    {
        if (IsColoured)
        {
            var text = Visible(TextOf(bytes));
            Write(string.Create(CultureInfo.InvariantCulture, $"{Purple}{file}{Plain}{separator}{Green}{line}{Plain}{separator} {(isHit ? Highlighted(text) : text)}\n"));
            return;
        }

        Write(file);
        Write(separator);
        line.TryFormat(_buffer.GetSpan(MostDigits), out var digits, provider: CultureInfo.InvariantCulture);
        _buffer.Advance(digits);
        Write(separator);
        Write(" ");
        if (Utf8.IsValid(bytes))
        {
            _buffer.Write(bytes);
        }
        else
        {
            Write(TextOf(bytes));
        }

        Write("\n");
    }

    string Highlighted(string line) => _terms is null ? line : _terms.Replace(line, found => found.Length == 0 ? "" : $"{Red}{found.Value}{Plain}");

    /// <summary>What a log holds must not steer a person's terminal.</summary>
    string Visible(string line) => IsColoured && line.Any(c => char.IsControl(c) && c != '\t')
        ? string.Concat(line.Select(c => char.IsControl(c) && c != '\t' ? string.Create(CultureInfo.InvariantCulture, $"\\x{(int)c:x2}") : c.ToString()))
        : line;

    void PrintObject(scoped in SearchHit hit)
    {
        var json = _json ??= new Utf8JsonWriter(_buffer, Lenient);
        json.Reset();
        json.WriteStartObject();
        json.WriteString("file", hit.File);
        json.WriteNumber("line", hit.Line);
        if (TimeOf(hit) is { Length: > 0 } time)
        {
            json.WriteString("timestamp", time);
        }

        json.WritePropertyName("text");
        WriteValue(json, hit.Text);
        if (_hasContext)
        {
            PrintLines(json, "before", hit.Before);
            PrintLines(json, "after", hit.After);
        }

        json.WriteEndObject();
        json.Flush();
    }

    static void PrintLines(Utf8JsonWriter json, string name, IReadOnlyList<byte[]> lines)
    {
        json.WriteStartArray(name);
        foreach (var line in lines)
        {
            WriteValue(json, line);
        }

        json.WriteEndArray();
    }

    static void WriteValue(Utf8JsonWriter json, ReadOnlySpan<byte> text)
    {
        if (Utf8.IsValid(text))
        {
            json.WriteStringValue(text);
        }
        else
        {
            json.WriteStringValue(TextOf(text));
        }
    }

    static string TimeOf(scoped in SearchHit hit) => hit.Timestamp is { } micros ? InstantText.Format(DateTimeOffset.UnixEpoch.AddMicroseconds(micros)) : "";

    static string TextOf(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);

    static string Cell(string text) => text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    void Write(string text) => Encoding.UTF8.GetBytes(text, _buffer);
}
