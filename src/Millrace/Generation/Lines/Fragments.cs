using System.Runtime.CompilerServices;
using System.Text;

namespace Millrace.Generation.Lines;

/// <summary>Texts rendered once, to be copied into many lines: all in one array, for the cache's sake.</summary>
sealed class Fragments
{
    readonly byte[] _bytes;
    readonly int[] _starts;

    public Fragments(IEnumerable<string> texts)
    {
        var bytes = new MemoryStream();
        var starts = new List<int> { 0 };
        foreach (var text in texts)
        {
            bytes.Write(Encoding.UTF8.GetBytes(text));
            starts.Add(checked((int)bytes.Length));
        }

        _bytes = bytes.ToArray();
        _starts = [.. starts];
    }

    public int Count => _starts.Length - 1;

    public ReadOnlySpan<byte> this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _bytes.AsSpan(_starts[index], _starts[index + 1] - _starts[index]);
    }
}
