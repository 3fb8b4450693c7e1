using Millrace.Generation.Output;

namespace Millrace.Generation.Lines;

/// <summary>Lines rendered together. They depend on the profile and these numbers alone, so that blocks can be rendered in any order.</summary>
/// <param name="Index">The number of the block.</param>
/// <param name="FirstLine">The number of its first line.</param>
/// <param name="Lines">How many lines it has.</param>
/// <param name="File">The number of the file that it belongs to.</param>
readonly record struct Block(long Index, long FirstLine, int Lines, int File);

/// <summary>The text of a block, by the file that it goes to.</summary>
sealed class RenderedBlock
{
    readonly Dictionary<FileKey, LineBuffer> _texts = [];
    readonly Stack<LineBuffer> _spare = [];

    /// <summary>The files that the block has text for.</summary>
    public IEnumerable<(FileKey Key, ReadOnlyMemory<byte> Text)> Texts => _texts.Select(entry => (entry.Key, entry.Value.Written));

    public LineBuffer this[FileKey key]
    {
        get
        {
            if (!_texts.TryGetValue(key, out var text))
            {
                _texts[key] = text = _spare.TryPop(out var spare) ? spare : new LineBuffer();
            }

            return text;
        }
    }

    /// <summary>Makes the block ready for other lines; its memory is kept.</summary>
    public void Clear()
    {
        foreach (var text in _texts.Values)
        {
            text.Clear();
            _spare.Push(text);
        }

        _texts.Clear();
    }
}

/// <summary>Renders blocks of one kind of log. Safe for use from several threads.</summary>
abstract class BlockRenderer
{
    /// <summary>Adds exactly the block's lines.</summary>
    public abstract void Render(Block block, RenderedBlock into);
}
