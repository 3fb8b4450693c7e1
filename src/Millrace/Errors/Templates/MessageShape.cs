using System.Buffers;
using System.Runtime.CompilerServices;

namespace Millrace.Errors.Templates;

/// <summary>
/// Reduces a message to its shape: its words, with what varies from message to message replaced. What varies is told by how it is written, with one set of rules for all systems: quoted texts, addresses, paths, names of several
/// parts, values behind an equals sign, dates, hexadecimal digits, and every part of a word that has a digit. Lists of such words become one. Serves one thread.
/// </summary>
sealed class MessageShape
{
    /// <summary>Stands for what varies. No log's text has it: messages are cut at zeros.</summary>
    public const byte Variable = 0;

    /// <summary>The longest part of a message that is looked at, in bytes.</summary>
    public const int LongestMessage = 2048;

    const int MostWords = 200;
    const int LongestPeriod = 3;
    const int ShortestHex = 8;

    static readonly SearchValues<byte> Openers = SearchValues.Create("=:([{<"u8);
    static readonly string[] UnitTexts = ["B", "KB", "MB", "GB", "TB", "PB", "KiB", "MiB", "GiB", "TiB", "kB", "ns", "us", "ms"];
    static readonly string[] DateTexts =
    [
        "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
        "EST", "EDT", "PST", "PDT", "CST", "CDT", "MST", "MDT", "GMT", "UTC", "CET", "CEST", "AM", "PM",
    ];

    static readonly ulong[] Units = [.. UnitTexts.Select(Packed).Order()];
    static readonly ulong[] Dates = [.. DateTexts.Select(Packed).Order()];

    readonly byte[] _bytes = new byte[(LongestMessage * 2) + MostWords];
    readonly Word[] _words = new Word[MostWords];
    int _length;
    int _count;

    /// <summary>The words of the message reduced last.</summary>
    public int Count => _count;

    /// <summary>One of its words; <see cref="Variable"/> stands for what varies.</summary>
    public ReadOnlySpan<byte> this[int word] => _bytes.AsSpan(_words[word].Start, _words[word].Length);

    /// <summary>Reduces the first line of a message.</summary>
    public void Reduce(ReadOnlySpan<byte> message)
    {
        (_length, _count) = (0, 0);
        message = message[..LengthOf(message)];
        var end = message.IndexOfAny((byte)'\n', (byte)'\r', Variable);
        message = end >= 0 ? message[..end] : message;
        var at = 0;
        while (_count < MostWords)
        {
            while (at < message.Length && IsSpace(message[at]))
            {
                at++;
            }

            if (at == message.Length)
            {
                break;
            }

            at = TakeWord(message, at);
        }

        ReplaceDates();
        DropUnits();
        CollapseLists();
    }

    /// <summary>How much of a message is looked at: no character is cut in two.</summary>
    static int LengthOf(ReadOnlySpan<byte> message)
    {
        var length = Math.Min(message.Length, LongestMessage);
        while (length > 0 && length < message.Length && (message[length] & 0xC0) == 0x80)
        {
            length--;
        }

        return length;
    }

    /// <summary>Takes the word that begins at a place: as it stands up to the first part that varies, and then the sign for it. Returns where the word ends.</summary>
    int TakeWord(ReadOnlySpan<byte> message, int start)
    {
        // The first byte behind the last sign that opens a part: what varies is replaced from there on.
        var part = start;
        var varies = -1;
        var at = start;
        while (at < message.Length && !IsSpace(message[at]))
        {
            var b = message[at];
            if (b is (byte)'"' or (byte)'\'' && EndOfQuote(message, start, at) is > 0 and var quote)
            {
                varies = varies < 0 ? part : varies;
                at = quote;
                continue;
            }

            if (varies < 0 && (b is >= (byte)'0' and <= (byte)'9' || (b == '/' && IsPath(message, start, at)) || (b == '@' && at > part && at + 1 < message.Length && IsWordByte(message[at + 1]))))
            {
                varies = StartOfScheme(message, start, at) is >= 0 and var scheme ? scheme : part;
            }

            // What is a template already stays one.
            varies = varies < 0 && b == '<' && message[at..].StartsWith("<*>"u8) ? at : varies;
            at++;
            if (Openers.Contains(b))
            {
                varies = varies < 0 && IsPartVariable(message[part..(at - 1)], part > start ? message[part - 1] : (byte)0, part - 2 >= start ? message[part - 2] : (byte)0) ? part : varies;
                part = varies < 0 ? at : part;
            }
        }

        if (varies < 0 && IsPartVariable(message[part..at], part > start ? message[part - 1] : (byte)0, part - 2 >= start ? message[part - 2] : (byte)0))
        {
            varies = part;
        }

        Add(varies < 0 ? message[start..at] : message[start..varies], varies >= 0);
        return at;
    }

    /// <summary>Where a quoted text ends that begins at a place; 0 where none does. An apostrophe is a quote only where no letter stands on its outer side.</summary>
    static int EndOfQuote(ReadOnlySpan<byte> message, int start, int at)
    {
        var quote = message[at];
        if (quote == '\'' && at > start && IsAlphanumeric(message[at - 1]))
        {
            return 0;
        }

        for (var from = at + 1; message[from..].IndexOf(quote) is >= 0 and var found; from += found + 1)
        {
            var end = from + found + 1;
            if (quote == '"' || end == message.Length || !IsAlphanumeric(message[end]))
            {
                return end;
            }
        }

        return 0;
    }

    /// <summary>A slash that no letter stands before, with a name behind it, or the two of an address.</summary>
    static bool IsPath(ReadOnlySpan<byte> message, int start, int at) =>
        (at == start || !IsAlphanumeric(message[at - 1])) && at + 1 < message.Length && (IsWordByte(message[at + 1]) || message[at + 1] is (byte)'.' or (byte)'/' or (byte)'~' or (byte)'-');

    /// <summary>Where the scheme of a URL begins, of which the first slash stands at a place; -1 where none does.</summary>
    static int StartOfScheme(ReadOnlySpan<byte> message, int start, int at)
    {
        if (message[at] != '/' || at - 1 <= start || message[at - 1] != ':' || at + 1 >= message.Length || message[at + 1] != '/')
        {
            return -1;
        }

        var scheme = at - 1;
        while (scheme > start && (IsAlphanumeric(message[scheme - 1]) || message[scheme - 1] is (byte)'+' or (byte)'.' or (byte)'-'))
        {
            scheme--;
        }

        return scheme < at - 1 ? scheme : -1;
    }

    /// <summary>A part without digits that varies all the same.</summary>
    /// <param name="part">The part, between two signs.</param>
    /// <param name="before">The sign before it; 0 where it begins the word.</param>
    /// <param name="beforeThat">What stands before that sign.</param>
    static bool IsPartVariable(ReadOnlySpan<byte> part, byte before, byte beforeThat)
    {
        var core = part.TrimEnd(".,;)]}>\"'"u8);
        if (core.IsEmpty)
        {
            return false;
        }

        if (before == '=' && (IsLetter(beforeThat) || beforeThat is (byte)'_' or (byte)']') && (IsLetter(core[0]) || core[0] == '_') && !core.SequenceEqual("true"u8) && !core.SequenceEqual("false"u8))
        {
            return true;
        }

        return IsHex(core) || IsDotted(core);
    }

    static bool IsHex(ReadOnlySpan<byte> core) => core.Length >= ShortestHex && (!core.ContainsAnyExceptInRange((byte)'a', (byte)'f') || !core.ContainsAnyExceptInRange((byte)'A', (byte)'F'));

    /// <summary>Names parted by two dots or more, as those of hosts and classes.</summary>
    static bool IsDotted(ReadOnlySpan<byte> core)
    {
        var dots = 0;
        var name = 0;
        foreach (var b in core)
        {
            if (b == '.')
            {
                if (name == 0)
                {
                    return false;
                }

                dots++;
                name = 0;
            }
            else if (IsWordByte(b) || b == '$')
            {
                name++;
            }
            else
            {
                return dots >= 2 && name > 0;
            }
        }

        return dots >= 2 && name > 0;
    }

    void Add(ReadOnlySpan<byte> text, bool varies)
    {
        var start = _length;
        text.CopyTo(_bytes.AsSpan(_length));
        _length += text.Length;
        if (varies)
        {
            _bytes[_length++] = Variable;
        }

        _words[_count++] = new Word(start, _length - start, varies, KeyOf(text));
    }

    /// <summary>Names of days, months and zones vary where they stand beside what varies, and are words elsewhere.</summary>
    void ReplaceDates()
    {
        for (var i = 0; i < _count; i++)
        {
            if (IsIn(Dates, _words[i]) && ((i > 0 && (_words[i - 1].Varies || IsIn(Dates, _words[i - 1]))) || (i + 1 < _count && (_words[i + 1].Varies || IsIn(Dates, _words[i + 1])))))
            {
                _bytes[_words[i].Start] = Variable;
                _words[i] = new Word(_words[i].Start, 1, true, _words[i].Key);
            }
        }
    }

    /// <summary>A unit belongs to the number before it.</summary>
    void DropUnits()
    {
        var kept = 0;
        for (var i = 0; i < _count; i++)
        {
            if (kept == 0 || !_words[kept - 1].Varies || !IsIn(Units, _words[i]))
            {
                _words[kept++] = _words[i];
            }
        }

        _count = kept;
    }

    /// <summary>What repeats itself, one to three words long and with something that varies in it, is a list: it stands once.</summary>
    void CollapseLists()
    {
        for (var period = 1; period <= LongestPeriod; period++)
        {
            var kept = 0;
            for (var i = 0; i < _count;)
            {
                var next = i + period;
                if (next <= _count && Varies(i, period))
                {
                    while (next + period <= _count && AreAlike(i, next, period))
                    {
                        next += period;
                    }
                }

                var take = next > i + period ? period : 1;
                var step = next > i + period ? next - i : 1;
                for (var word = 0; word < take; word++)
                {
                    _words[kept++] = _words[i + word];
                }

                i += step;
            }

            _count = kept;
        }
    }

    bool Varies(int from, int count)
    {
        for (var i = from; i < from + count; i++)
        {
            if (_words[i].Varies)
            {
                return true;
            }
        }

        return false;
    }

    bool AreAlike(int one, int other, int count)
    {
        for (var i = 0; i < count; i++)
        {
            if (!this[one + i].TrimEnd(",;"u8).SequenceEqual(this[other + i].TrimEnd(",;"u8)))
            {
                return false;
            }
        }

        return true;
    }

    static bool IsIn(ulong[] texts, Word word) => word.Key != 0 && Array.BinarySearch(texts, word.Key) >= 0;

    /// <summary>A short word without the signs around it, as a number; 0 for a longer one.</summary>
    static ulong KeyOf(ReadOnlySpan<byte> text)
    {
        text = text.Trim(".,;()[]"u8);
        if (text.Length is 0 or > 4)
        {
            return 0;
        }

        ulong key = 0;
        foreach (var b in text)
        {
            key = (key << 8) | b;
        }

        return key;
    }

    static ulong Packed(string text) => KeyOf(System.Text.Encoding.ASCII.GetBytes(text));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static bool IsSpace(byte b) => b is (byte)' ' or (byte)'\t';

    static bool IsLetter(byte b) => (uint)((b | 0x20) - 'a') <= 'z' - 'a';

    static bool IsAlphanumeric(byte b) => IsLetter(b) || (uint)(b - '0') <= 9;

    static bool IsWordByte(byte b) => IsAlphanumeric(b) || b == '_';

    readonly record struct Word(int Start, int Length, bool Varies, ulong Key);
}
