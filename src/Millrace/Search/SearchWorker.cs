using Millrace.Parsing;
using Millrace.Parsing.Lines;
using Millrace.Queries.Scanning;

namespace Millrace.Search;

/// <summary>Searches the blocks that one thread takes from a scan.</summary>
sealed class SearchWorker : IBlockWorker
{
    readonly LogScan _scan;
    readonly SearchMatcher _matcher;
    readonly SearchQuery _query;
    readonly ScanRange _range;
    readonly SearchHitHandler _onHit;
    readonly Action _onPause;
    readonly Dictionary<LogScan.OpenFile, EventFilter> _filters = [];
    readonly SearchContext? _context;
    readonly bool _reads;
    readonly List<Found> _found = [];
    bool _hasTold;

    public SearchWorker(LogScan scan, SearchMatcher matcher, SearchQuery query, ScanRange range, SearchHitHandler onHit, Action onPause)
    {
        (_scan, _matcher, _query, _range, _onHit, _onPause) = (scan, matcher, query, range, onHit, onPause);
        Buffer = new BlockBuffer(scan.Options.BlockSize);
        _reads = (query.WantsTimes && !query.OnlyCounts) || range.IsBound || query.Filters.Count > 0;
        _context = query.Context > 0 && !query.OnlyCounts ? new SearchContext(query.Context) : null;
    }

    /// <summary>The hits, where they are only counted.</summary>
    public long Counted { get; private set; }

    public BlockBuffer Buffer { get; }

    public LineParser ParserOf(LogScan.OpenFile file) => FilterOf(file).Parser;

    /// <summary>Searches until all is read.</summary>
    public void Run()
    {
        while (_scan.TryTake(this, out var file, out var block))
        {
            Search(file, block);
            if (_hasTold)
            {
                _onPause();
                _hasTold = false;
            }
        }

        _context?.End(_onHit);
    }

    EventFilter FilterOf(LogScan.OpenFile file)
    {
        if (!_filters.TryGetValue(file, out var filter))
        {
            if (_filters.Count >= 16)
            {
                _filters.Clear();
            }

            filter = new EventFilter(file, _query.Filters, _range, _scan.Options.Rules);
            _filters.Add(file, filter);
        }

        return filter;
    }

    void Search(LogScan.OpenFile file, LineBlock block)
    {
        var bytes = (ReadOnlySpan<byte>)Buffer.Bytes[block.Start..block.End];
        var filter = FilterOf(file);
        if (file.Binding.DirectivePrefix is { } prefix)
        {
            file.Directives.Tell(block.Index, Directives.FindLast(bytes, prefix));
            filter.Parser.Direct(file.Directives.WaitFor(block.Index, _scan.Options.CancellationToken));
        }

        _context?.StartBlock(file.Name, block.Index, file.Numbers.WaitFor(block.Index, _scan.Options.CancellationToken), bytes, _onHit);
        var position = 0;
        long breaks = 0;
        while (position < bytes.Length)
        {
            var at = position;
            if (_matcher.First is { } finder)
            {
                var found = _query.OnlyCounts ? finder.IndexOf(bytes[position..]) : finder.IndexOf(bytes[position..], ref breaks);
                if (found < 0)
                {
                    break;
                }

                at += found;
            }

            var (start, end) = EventAround(bytes, position, at, file.Binding.JoinsLines ? filter.Parser : null);
            var text = bytes[start..end].TrimEnd("\r\n"u8);
            if (!text.IsEmpty && _matcher.Matches(text))
            {
                _found.Add(new(start, end, breaks - (_query.OnlyCounts ? 0 : LineCount.Breaks(bytes[start..at]))));
            }

            breaks += _query.OnlyCounts ? 0 : LineCount.Breaks(bytes[at..end]);
            position = end;
        }

        if (!_query.OnlyCounts)
        {
            file.Numbers.Tell(block.Index, breaks + (bytes.Length > 0 && bytes[^1] != '\n' ? 1 : 0) + block.SkippedLines);
        }

        TakeFound(file, filter, bytes, block.Index);
        _context?.EndBlock(bytes);
    }

    /// <summary>Takes what was found in a block. Only hits need numbers, and by now the blocks before are mostly counted.</summary>
    void TakeFound(LogScan.OpenFile file, EventFilter filter, ReadOnlySpan<byte> bytes, int block)
    {
        var linesBefore = _found.Count > 0 && !_query.OnlyCounts ? file.Numbers.WaitFor(block, _scan.Options.CancellationToken) : 0;
        foreach (var (start, end, breaks) in _found)
        {
            Take(file, filter, bytes, start, end, bytes[start..end].TrimEnd("\r\n"u8), linesBefore + breaks + 1);
        }

        _found.Clear();
    }

    void Take(LogScan.OpenFile file, EventFilter filter, ReadOnlySpan<byte> bytes, int start, int end, ReadOnlySpan<byte> text, long line)
    {
        long? timestamp = null;
        if (_reads)
        {
            if (file.Binding.DirectivePrefix is { } prefix && Directives.FindLast(bytes[..start], prefix) is { Length: > 0 } directive)
            {
                filter.Parser.Direct(directive);
            }

            var undated = filter.Undated;
            var isAccepted = filter.Accepts(text, line, out timestamp);
            _scan.Options.Totals.AddLines(0, filter.Undated - undated);
            if (!isAccepted)
            {
                return;
            }
        }

        if (_query.OnlyCounts)
        {
            Counted++;
            return;
        }

        var hit = new SearchHit { File = file.Name, Line = line, Timestamp = timestamp, Text = text, Before = [], After = [] };
        _hasTold = true;
        if (_context is null)
        {
            _onHit(hit);
        }
        else
        {
            _context.Add(hit, bytes, start, end, _onHit);
        }
    }

    /// <summary>What may be a hit: where it begins and ends in the block, and how many line breaks the block has before it.</summary>
    readonly record struct Found(int Start, int End, long Breaks);

    /// <summary>The event that a place lies in: from the start of its first line to the start of the one behind it.</summary>
    /// <param name="bytes">Whole events.</param>
    /// <param name="from">Where a line begins that is not behind the place.</param>
    /// <param name="at">The place.</param>
    /// <param name="joiner">Says which lines begin an event, where it may have several; null where every line is one.</param>
    static (int Start, int End) EventAround(ReadOnlySpan<byte> bytes, int from, int at, LineParser? joiner)
    {
        var start = bytes[from..at].LastIndexOf((byte)'\n') + 1 + from;
        var end = EndOfLine(bytes, at);
        if (joiner is null)
        {
            return (start, end);
        }

        while (start > from && !EventBoundary.StartsEvent(bytes[start..EndOfLine(bytes, start)], joiner))
        {
            start = bytes[from..(start - 1)].LastIndexOf((byte)'\n') + 1 + from;
        }

        while (end < bytes.Length && EndOfLine(bytes, end) is var next && !EventBoundary.StartsEvent(bytes[end..next], joiner))
        {
            end = next;
        }

        return (start, end);
    }

    static int EndOfLine(ReadOnlySpan<byte> bytes, int at) => bytes[at..].IndexOf((byte)'\n') is >= 0 and var length ? at + length + 1 : bytes.Length;
}
