namespace Millrace.Search;

/// <summary>
/// The lines around hits, also where they lie in the blocks next to the hit's own. Blocks come in the order of the file. A hit is told once the lines behind it are known.
/// </summary>
/// <param name="lines">How many lines before and after.</param>
sealed class SearchContext(int lines)
{
    readonly Queue<Pending> _pending = new();
    List<byte[]> _last = [];
    string? _file;

    /// <summary>Begins a block: its first lines may be those behind the hits of the block before.</summary>
    public void StartBlock(string file, int index, long linesBefore, ReadOnlySpan<byte> bytes, SearchHitHandler onHit)
    {
        if (_file != file)
        {
            End(onHit);
            (_file, _last) = (file, []);
        }

        foreach (var pending in _pending)
        {
            pending.After.AddRange(Take(bytes, lines - pending.After.Count));
        }

        Tell(onHit);
    }

    /// <summary>A hit of the block.</summary>
    public void Add(scoped in SearchHit hit, ReadOnlySpan<byte> bytes, int start, int end, SearchHitHandler onHit)
    {
        var before = TakeLast(bytes[..start], lines);
        if (before.Count < lines)
        {
            before.InsertRange(0, _last.TakeLast(lines - before.Count));
        }

        _pending.Enqueue(new Pending(hit.File, hit.Line, hit.Timestamp, hit.Text.ToArray(), before, Take(bytes[end..], lines)));
        Tell(onHit);
    }

    /// <summary>Ends a block: its last lines may be those before the hits of the next.</summary>
    public void EndBlock(ReadOnlySpan<byte> bytes)
    {
        var last = TakeLast(bytes, lines);
        _last = last.Count < lines ? [.. _last.TakeLast(lines - last.Count), .. last] : last;
    }

    /// <summary>Ends the file: no line follows.</summary>
    public void End(SearchHitHandler onHit)
    {
        while (_pending.TryDequeue(out var pending))
        {
            pending.Tell(onHit);
        }
    }

    void Tell(SearchHitHandler onHit)
    {
        while (_pending.TryPeek(out var pending) && pending.After.Count >= lines)
        {
            _pending.Dequeue().Tell(onHit);
        }
    }

    static List<byte[]> Take(ReadOnlySpan<byte> bytes, int count)
    {
        var taken = new List<byte[]>();
        while (taken.Count < count && !bytes.IsEmpty)
        {
            taken.Add(Parsing.Lines.EventBoundary.TakeLine(ref bytes).ToArray());
        }

        return taken;
    }

    static List<byte[]> TakeLast(ReadOnlySpan<byte> bytes, int count)
    {
        var taken = new List<byte[]>();
        while (taken.Count < count && !bytes.IsEmpty)
        {
            var start = bytes[..^1].LastIndexOf((byte)'\n') + 1;
            taken.Insert(0, bytes[start..].TrimEnd("\r\n"u8).ToArray());
            bytes = bytes[..start];
        }

        return taken;
    }

    sealed record Pending(string File, long Line, long? Timestamp, byte[] Text, List<byte[]> Before, List<byte[]> After)
    {
        public void Tell(SearchHitHandler onHit) => onHit(new SearchHit { File = File, Line = Line, Timestamp = Timestamp, Text = Text, Before = Before, After = After });
    }
}
