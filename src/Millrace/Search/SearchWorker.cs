using System.Runtime.InteropServices;
using Millrace.Events;
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
    readonly Lock _gate;
    readonly Dictionary<LogScan.OpenFile, EventFilter> _filters = [];
    readonly SearchContext? _context;
    readonly bool _reads;
    readonly bool _numbers;
    readonly List<Found> _found = [];

    public SearchWorker(LogScan scan, SearchMatcher matcher, SearchQuery query, ScanRange range, Lock gate, SearchHitHandler onHit)
    {
        (_scan, _matcher, _query, _range, _gate, _onHit) = (scan, matcher, query, range, gate, onHit);
        Buffer = new BlockBuffer(scan.Options.BlockSize);
        _reads = (query.WantsTimes && !query.OnlyCounts) || range.IsBound || query.Filters.Count > 0;
        _numbers = !query.OnlyCounts || query.Filters.Any(condition => condition.Column == EventColumn.Line);
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
        }

        lock (_gate)
        {
            _context?.End(_onHit);
        }
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

        StartContext(file, block.Index, bytes);
        var position = 0;
        long breaks = 0;
        while (position < bytes.Length)
        {
            var at = position;
            if (_matcher.First is { } finder)
            {
                var found = _numbers ? finder.IndexOf(bytes[position..], ref breaks) : finder.IndexOf(bytes[position..]);
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
                _found.Add(new(start, end, breaks - (_numbers ? LineCount.Breaks(bytes[start..at]) : 0)));
            }

            breaks += _numbers ? LineCount.Breaks(bytes[at..end]) : 0;
            position = end;
        }

        if (_numbers)
        {
            file.Numbers.Tell(block.Index, breaks + (bytes.Length > 0 && bytes[^1] != '\n' ? 1 : 0) + block.SkippedLines);
        }

        TellFound(file, filter, bytes, block.Index);
        _context?.EndBlock(bytes);
    }

    void StartContext(LogScan.OpenFile file, int block, ReadOnlySpan<byte> bytes)
    {
        if (_context is null)
        {
            return;
        }

        var linesBefore = file.Numbers.WaitFor(block, _scan.Options.CancellationToken);
        lock (_gate)
        {
            _context.StartBlock(file.Name, block, linesBefore, bytes, _onHit);
        }
    }

    /// <summary>Tells what was found in a block. Only hits need numbers, and by now the blocks before are mostly counted.</summary>
    void TellFound(LogScan.OpenFile file, EventFilter filter, ReadOnlySpan<byte> bytes, int block)
    {
        if (_found.Count == 0)
        {
            return;
        }

        var linesBefore = _numbers ? file.Numbers.WaitFor(block, _scan.Options.CancellationToken) : 0;
        if (_reads)
        {
            ReadFound(file, filter, bytes, linesBefore);
        }

        if (_query.OnlyCounts)
        {
            Counted += _found.Count;
        }
        else
        {
            lock (_gate)
            {
                foreach (var found in _found)
                {
                    Tell(found, file.Name, linesBefore + found.Breaks + 1, bytes);
                }
            }
        }

        _found.Clear();
    }

    /// <summary>Leaves of what was found the events that range and conditions accept.</summary>
    void ReadFound(LogScan.OpenFile file, EventFilter filter, ReadOnlySpan<byte> bytes, long linesBefore)
    {
        var undated = filter.Undated;
        var all = CollectionsMarshal.AsSpan(_found);
        var kept = 0;
        foreach (ref readonly var found in all)
        {
            if (file.Binding.DirectivePrefix is { } prefix && Directives.FindLast(bytes[..found.Start], prefix) is { Length: > 0 } directive)
            {
                filter.Parser.Direct(directive);
            }

            if (filter.Accepts(found.TextIn(bytes), linesBefore + found.Breaks + 1, out var timestamp))
            {
                all[kept++] = found with { Timestamp = timestamp };
            }
        }

        _found.RemoveRange(kept, _found.Count - kept);
        _scan.Options.Totals.AddLines(events: 0, outside: 0, filter.Undated - undated);
    }

    void Tell(in Found found, string file, long line, ReadOnlySpan<byte> bytes)
    {
        var hit = new SearchHit { File = file, Line = line, Timestamp = found.Timestamp, Text = found.TextIn(bytes), Before = [], After = [] };
        if (_context is null)
        {
            _onHit(hit);
        }
        else
        {
            _context.Add(hit, bytes, found.Start, found.End, _onHit);
        }
    }

    /// <summary>What may be a hit.</summary>
    /// <param name="Start">Where it begins in the block.</param>
    /// <param name="End">Where what is behind it begins.</param>
    /// <param name="Breaks">How many line breaks the block has before it.</param>
    /// <param name="Timestamp">Its time, where that was read.</param>
    readonly record struct Found(int Start, int End, long Breaks, long? Timestamp = null)
    {
        public ReadOnlySpan<byte> TextIn(ReadOnlySpan<byte> bytes) => bytes[Start..End].TrimEnd("\r\n"u8);
    }

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
