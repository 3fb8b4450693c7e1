namespace Millrace.Generation.Lines;

/// <summary>How a run is cut into blocks and files. A file ends where a block ends, and the blocks do not depend on the machine.</summary>
sealed class BlockPlan
{
    const int UsualBlockLines = 2048;

    readonly long _count;
    readonly int _blockLines;
    readonly long _blocks;

    public BlockPlan(long count, int files)
    {
        _count = count;
        Files = (int)Math.Min(files, count);
        _blockLines = (int)Math.Min(UsualBlockLines, count / Files);
        _blocks = (count + _blockLines - 1) / _blockLines;
    }

    public int Files { get; }

    public IEnumerable<Block> Blocks()
    {
        var file = 0;
        for (var index = 0L; index < _blocks; index++)
        {
            while (index >= FirstBlockOf(file + 1))
            {
                file++;
            }

            var first = index * _blockLines;
            yield return new Block(index, first, (int)Math.Min(_blockLines, _count - first), file);
        }
    }

    long FirstBlockOf(int file) => (long)((Int128)_blocks * file / Files);
}
