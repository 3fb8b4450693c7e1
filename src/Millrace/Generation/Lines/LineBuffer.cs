using System.Buffers.Binary;
using System.Buffers.Text;
using System.Runtime.CompilerServices;

namespace Millrace.Generation.Lines;

/// <summary>A growing run of UTF-8 bytes, kept for reuse after <see cref="Clear"/>.</summary>
sealed class LineBuffer
{
    const int InitialBytes = 1 << 16;
    const int LongestNumber = 20;

    byte[] _bytes = new byte[InitialBytes];
    int _length;

    public int Length => _length;

    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, _length);

    public void Clear() => _length = 0;

    /// <summary>Forgets what was written past a length.</summary>
    public void CutTo(int length) => _length = Math.Min(_length, length);

    public void Append(byte value)
    {
        Next(1)[0] = value;
        _length++;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Append(ReadOnlySpan<byte> text)
    {
        text.CopyTo(Next(text.Length));
        _length += text.Length;
    }

    public void AppendNumber(long number)
    {
        Utf8Formatter.TryFormat(number, Next(LongestNumber), out var written);
        _length += written;
    }

    /// <summary>Three digits, with leading zeros.</summary>
    public void AppendThreeDigits(int number)
    {
        var digits = Next(3);
        digits[2] = (byte)('0' + (number % 10));
        digits[1] = (byte)('0' + (number / 10 % 10));
        digits[0] = (byte)('0' + (number / 100));
        _length += 3;
    }

    /// <summary>32 lower-case hexadecimal digits.</summary>
    public void AppendHex(ulong high, ulong low)
    {
        const int Digits = 32;
        Span<byte> bytes = stackalloc byte[Digits / 2];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, high);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[(Digits / 4)..], low);
        Convert.TryToHexStringLower(bytes, Next(Digits), out _);
        _length += Digits;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    Span<byte> Next(int count)
    {
        if (_bytes.Length - _length < count)
        {
            Grow(count);
        }

        return _bytes.AsSpan(_length);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    void Grow(int count) => Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + count));
}
