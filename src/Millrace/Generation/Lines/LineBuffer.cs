using System.Buffers.Text;

namespace Millrace.Generation.Lines;

/// <summary>A growing run of UTF-8 bytes, kept for reuse after <see cref="Clear"/>.</summary>
sealed class LineBuffer
{
    const int InitialBytes = 1 << 16;
    const int LongestNumber = 20;

    byte[] _bytes = new byte[InitialBytes];

    public int Length { get; private set; }

    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, Length);

    public void Clear() => Length = 0;

    /// <summary>Forgets what was written past a length.</summary>
    public void CutTo(int length) => Length = Math.Min(Length, length);

    public void Append(byte value)
    {
        Next(1)[0] = value;
        Length++;
    }

    public void Append(ReadOnlySpan<byte> text)
    {
        text.CopyTo(Next(text.Length));
        Length += text.Length;
    }

    public void AppendNumber(long number)
    {
        Utf8Formatter.TryFormat(number, Next(LongestNumber), out var written);
        Length += written;
    }

    /// <summary>Three digits, with leading zeros.</summary>
    public void AppendThreeDigits(int number)
    {
        var digits = Next(3);
        digits[0] = (byte)('0' + (number / 100));
        digits[1] = (byte)('0' + (number / 10 % 10));
        digits[2] = (byte)('0' + (number % 10));
        Length += 3;
    }

    /// <summary>Lower-case hexadecimal digits of the number's low end.</summary>
    public void AppendHex(ulong number, int digits)
    {
        var text = Next(digits);
        for (var i = digits - 1; i >= 0; i--)
        {
            text[i] = "0123456789abcdef"u8[(int)(number & 15)];
            number >>= 4;
        }

        Length += digits;
    }

    Span<byte> Next(int count)
    {
        if (_bytes.Length - Length < count)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Length + count));
        }

        return _bytes.AsSpan(Length, count);
    }
}
