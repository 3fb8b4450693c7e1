using System.Collections.Concurrent;
using Millrace.Generation.Output;

namespace Millrace.Generation.Lines;

/// <summary>Renders blocks on all cores and writes them in order. The blocks under way are bounded; rendering waits when writing is slower.</summary>
sealed class BlockWriter(OpenFiles files, LinePacer? pacer, IProgress<long>? progress)
{
    readonly ConcurrentBag<RenderedBlock> _spare = [];

    public async Task WriteAsync(BlockPlan plan, BlockRenderer renderer, CancellationToken cancellationToken)
    {
        var blocksUnderWay = pacer is null ? 2 * Environment.ProcessorCount : 1;
        var underWay = new Queue<(Block Block, Task<RenderedBlock> Text)>();
        foreach (var block in plan.Blocks())
        {
            if (underWay.Count == blocksUnderWay)
            {
                await WriteNextAsync(underWay, cancellationToken);
            }

            underWay.Enqueue((block, Task.Run(() => Render(renderer, block), cancellationToken)));
        }

        while (underWay.Count > 0)
        {
            await WriteNextAsync(underWay, cancellationToken);
        }

        await files.CompleteAllAsync(cancellationToken);
    }

    RenderedBlock Render(BlockRenderer renderer, Block block)
    {
        var into = _spare.TryTake(out var spare) ? spare : new RenderedBlock();
        renderer.Render(block, into);
        return into;
    }

    async Task WriteNextAsync(Queue<(Block Block, Task<RenderedBlock> Text)> underWay, CancellationToken cancellationToken)
    {
        var (block, rendering) = underWay.Dequeue();
        var rendered = await rendering;
        var earliestPart = int.MaxValue;
        foreach (var (key, text) in rendered.Texts)
        {
            await WriteAsync(files[key], text, cancellationToken);
            earliestPart = Math.Min(earliestPart, key.Part);
        }

        // Calls of one request may still reach back a little, but never by a whole part.
        await files.CompleteBeforeAsync(earliestPart - 1, cancellationToken);
        rendered.Clear();
        _spare.Add(rendered);
        progress?.Report(block.FirstLine + block.Lines);
    }

    ValueTask WriteAsync(GeneratedFile file, ReadOnlyMemory<byte> text, CancellationToken cancellationToken) =>
        pacer is null ? file.WriteAsync(text, cancellationToken) : pacer.WriteAsync(file, text, cancellationToken);
}
