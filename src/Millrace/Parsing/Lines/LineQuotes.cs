using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Millrace.Parsing.Lines;

/// <summary>Where a line has quotes, for parsers that would otherwise search for each. The default knows of none.</summary>
public readonly ref struct LineQuotes
{
    readonly ReadOnlySpan<int> _offsets;
    readonly int _lineStart;

    internal LineQuotes(ReadOnlySpan<int> offsets, int lineStart)
    {
        _offsets = offsets;
        _lineStart = lineStart;
    }

    /// <summary>How many quotes are known: all that the line has, or none.</summary>
    public int Count => _offsets.Length;

    /// <summary>The offset in the line of a quote, counted from 0.</summary>
    public int this[int index] => _offsets[index] - _lineStart;

    /// <summary>What offsets in the block count from the line's start.</summary>
    internal int LineStart => _lineStart;

    /// <summary>The offset in the block of a quote and, behind it, of those that follow.</summary>
    internal ref readonly int From(int index) => ref Unsafe.Add(ref MemoryMarshal.GetReference(_offsets), index);

    /// <summary>The number of the first quote at or after an offset in the line; <see cref="Count"/> where there is none.</summary>
    public int FirstFrom(int offset)
    {
        var index = 0;
        while (index < _offsets.Length && this[index] < offset)
        {
            index++;
        }

        return index;
    }
}
