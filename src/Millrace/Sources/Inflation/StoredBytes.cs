using System.Diagnostics;

namespace Millrace.Sources.Inflation;

/// <summary>Reads a stream ahead by one buffer, of which anything that is not used yet can be seen again.</summary>
sealed class StoredBytes(Stream stream) : IDisposable
{
    const int BufferBytes = 32 * 1024;

    readonly byte[] _buffer = GC.AllocateUninitializedArray<byte>(BufferBytes);
    int _start;
    int _end;

    /// <summary>What was read and is not used yet.</summary>
    public ReadOnlySpan<byte> Pending => _buffer.AsSpan(_start, _end - _start);

    /// <summary>Reads more behind what is pending, which is less than the buffer; false at the end.</summary>
    public bool TryReadMore()
    {
        Debug.Assert(Pending.Length < BufferBytes);
        Pending.CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        var read = stream.Read(_buffer.AsSpan(_end));
        _end += read;
        return read > 0;
    }

    /// <summary>Passes over bytes that are pending.</summary>
    public void Use(int count) => _start += count;

    /// <summary>Sees to it that so many bytes are pending; false where there are not so many.</summary>
    public bool TryHave(int count)
    {
        while (_end - _start < count)
        {
            if (!TryReadMore())
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The next byte, or -1 at the end.</summary>
    public int ReadByte() => TryHave(1) ? _buffer[_start++] : -1;

    public void Dispose() => stream.Dispose();
}
