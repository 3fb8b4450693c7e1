using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using Millrace.Parsing.Lines;
using Millrace.Search;

namespace Millrace.Cli.Output;

/// <summary>Writes hits as lines for a person: file, number and text, as grep does. Bytes that are not UTF-8 are shown as U+FFFD.</summary>
sealed class HitLines
{
    const int StepBytes = 1 << 16;
    const int MostDigits = 20;
    const string Purple = "\u001b[35m";
    const string Green = "\u001b[32m";
    const string Red = "\u001b[1;31m";
    const string Plain = "\u001b[0m";

    readonly Stream _output;
    readonly bool _isColoured;
    readonly bool _isVisible;
    readonly bool _hasContext;
    readonly Regex? _terms;
    readonly ArrayBufferWriter<byte> _buffer = new();
    bool _isAny;

    /// <param name="output">Where the lines go.</param>
    /// <param name="query">What was searched for.</param>
    /// <param name="isTerminal">True where a person's terminal shows the lines: what a log holds must not steer it.</param>
    /// <param name="isColoured">True to colour the lines, for a terminal or for what shows them on one.</param>
    public HitLines(Stream output, SearchQuery query, bool isTerminal, bool isColoured)
    {
        (_output, _isColoured, _isVisible, _hasContext) = (output, isColoured, isTerminal || isColoured, query.Context > 0);
        if (isColoured && query.Terms.Count > 0)
        {
            var any = string.Join('|', query.Terms.Select(term => query.IsRegex ? $"(?:{term})" : Regex.Escape(term)));
            var ignoredCase = query.IgnoresCase ? RegexOptions.IgnoreCase : RegexOptions.None;
            _terms = new Regex(any, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | ignoredCase);
        }
    }

    /// <summary>Writes a hit with the lines around it.</summary>
    public void Write(scoped in SearchHit hit)
    {
        if (_hasContext && _isAny)
        {
            Append("--\n"u8);
        }

        _isAny = true;
        var line = hit.Line - hit.Before.Count;
        foreach (var before in hit.Before)
        {
            WriteLine(hit.File, line++, "-", before, isHit: false);
        }

        for (var rest = hit.Text; !rest.IsEmpty;)
        {
            WriteLine(hit.File, line++, ":", EventBoundary.TakeLine(ref rest), isHit: true);
        }

        foreach (var after in hit.After)
        {
            WriteLine(hit.File, line++, "-", after, isHit: false);
        }

        if (_buffer.WrittenCount >= StepBytes)
        {
            Flush();
        }
    }

    /// <summary>Hands on what was collected.</summary>
    public void Flush()
    {
        if (_buffer.WrittenCount > 0)
        {
            _output.Write(_buffer.WrittenSpan);
            _buffer.ResetWrittenCount();
        }
    }

    void WriteLine(string file, long line, string separator, ReadOnlySpan<byte> bytes, bool isHit)
    {
        if (_isVisible)
        {
            var text = Visible(Encoding.UTF8.GetString(bytes));
            Append(_isColoured
                ? Text($"{Purple}{Visible(file)}{Plain}{separator}{Green}{line}{Plain}{separator} {(isHit ? Highlighted(text) : text)}\n")
                : Text($"{Visible(file)}{separator}{line}{separator} {text}\n"));
            return;
        }

        Append(file);
        Append(separator);
        line.TryFormat(_buffer.GetSpan(MostDigits), out var digits, provider: CultureInfo.InvariantCulture);
        _buffer.Advance(digits);
        Append(separator);
        Append(" "u8);
        if (Utf8.IsValid(bytes))
        {
            Append(bytes);
        }
        else
        {
            Append(Encoding.UTF8.GetString(bytes));
        }

        Append("\n"u8);
    }

    string Highlighted(string line) => _terms is null ? line : _terms.Replace(line, found => found.Length == 0 ? "" : $"{Red}{found.Value}{Plain}");

    static string Visible(string line) => line.Any(IsControl) ? string.Concat(line.Select(c => IsControl(c) ? Text($"\\x{(int)c:x2}") : c.ToString())) : line;

    static bool IsControl(char c) => char.IsControl(c) && c != '\t';

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    void Append(string text) => Encoding.UTF8.GetBytes(text, _buffer);

    void Append(ReadOnlySpan<byte> bytes) => _buffer.Write(bytes);
}
