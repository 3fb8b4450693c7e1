using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace Millrace.Queries.Results;

/// <summary>
/// Writes CSV a cell at a time, in UTF-8. NULL is an empty cell, an empty text is <c>""</c>; a cell with a comma, a quote or a line end is quoted. Rows are
/// collected and go to the stream in steps of 64 KiB and on <see cref="Flush"/>; the stream always gets whole rows.
/// </summary>
/// <param name="output">Where the rows go; it stays open.</param>
/// <param name="forSpreadsheets">
/// True where people open the file in a spreadsheet: a text that would be taken for a formula (<c>=</c>, <c>+</c>, <c>-</c>, <c>@</c>, a tab or a line end
/// first) begins with an apostrophe, since what a log holds must not run on the reader's machine. Numbers stay numbers.
/// </param>
public sealed class CsvRows(Stream output, bool forSpreadsheets = false)
{
    const int StepBytes = 1 << 16;
    const int MostDigits = 20;

    static readonly SearchValues<byte> Quoted = SearchValues.Create(",\"\r\n"u8);
    static readonly SearchValues<byte> FirstOfFormulas = SearchValues.Create("=+-@\t\r\n"u8);

    byte[] _buffer = new byte[2 * StepBytes];
    int _length;
    int _rowStart;
    bool _hasCells;
    long _writtenOut;

    /// <summary>Writes a row of names.</summary>
    public void WriteHeader(params IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            WriteText(name);
        }

        EndRow();
    }

    /// <summary>Writes an empty cell.</summary>
    public void WriteNull() => Separate();

    /// <summary>Writes a text; null is NULL.</summary>
    public void WriteText(string? text) => WriteCell(text, forSpreadsheets);

    /// <summary>Writes a text. Bytes that are not UTF-8 become U+FFFD.</summary>
    public void WriteText(ReadOnlySpan<byte> text) => WriteCell(text, forSpreadsheets);

    /// <summary>Writes a whole number.</summary>
    public void WriteNumber(long number)
    {
        Separate();
        number.TryFormat(Room(MostDigits), out var digits, provider: CultureInfo.InvariantCulture);
        _length += digits;
    }

    /// <summary>Writes the digits of a number; null is NULL.</summary>
    public void WriteNumber(string? digits) => WriteCell(digits, mayBeFormula: false);

    /// <summary>Writes the digits of a number.</summary>
    public void WriteNumber(ReadOnlySpan<byte> digits) => WriteCell(digits, mayBeFormula: false);

    /// <summary>Ends the row. Drops it and returns false where it would bring the whole to more than a number of bytes.</summary>
    public bool EndRow(long mostBytes = long.MaxValue)
    {
        Append("\n"u8);
        _hasCells = false;
        if (_writtenOut + _length > mostBytes)
        {
            _length = _rowStart;
            return false;
        }

        _rowStart = _length;
        if (_length >= StepBytes)
        {
            WriteOut();
        }

        return true;
    }

    /// <summary>Hands the rows so far to the stream and flushes it.</summary>
    public void Flush()
    {
        WriteOut();
        output.Flush();
    }

    void WriteCell(string? text, bool mayBeFormula)
    {
        if (text is null)
        {
            WriteNull();
            return;
        }

        var bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length));
        WriteCell(bytes.AsSpan(0, Encoding.UTF8.GetBytes(text, bytes)), mayBeFormula);
        ArrayPool<byte>.Shared.Return(bytes);
    }

    void WriteCell(ReadOnlySpan<byte> text, bool mayBeFormula)
    {
        if (!Utf8.IsValid(text))
        {
            WriteCell(Encoding.UTF8.GetString(text), mayBeFormula);
            return;
        }

        Separate();
        var isFormula = mayBeFormula && !text.IsEmpty && FirstOfFormulas.Contains(text[0]);
        if (!text.IsEmpty && text.IndexOfAny(Quoted) < 0)
        {
            Append(isFormula ? "'"u8 : default);
            Append(text);
            return;
        }

        Append(isFormula ? "\"'"u8 : "\""u8);
        for (int quote; (quote = text.IndexOf((byte)'"')) >= 0; text = text[(quote + 1)..])
        {
            Append(text[..quote]);
            Append("\"\""u8);
        }

        Append(text);
        Append("\""u8);
    }

    void Separate()
    {
        if (_hasCells)
        {
            Append(","u8);
        }

        _hasCells = true;
    }

    void Append(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Room(bytes.Length));
        _length += bytes.Length;
    }

    /// <summary>What lies behind the bytes so far, at least so many.</summary>
    Span<byte> Room(int bytes)
    {
        if (_buffer.Length - _length < bytes)
        {
            Array.Resize(ref _buffer, (int)Math.Min(Array.MaxLength, Math.Max(2L * _buffer.Length, (long)_length + bytes)));
        }

        return _buffer.AsSpan(_length);
    }

    void WriteOut()
    {
        Debug.Assert(!_hasCells, "A row was begun and not ended.");
        if (_length > 0)
        {
            output.Write(_buffer.AsSpan(0, _length));
            _writtenOut += _length;
            (_length, _rowStart) = (0, 0);
        }
    }
}
