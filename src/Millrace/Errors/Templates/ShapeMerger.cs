namespace Millrace.Errors.Templates;

/// <summary>
/// Puts shapes together that differ in one word, where that word varies: where at least five different words were seen in its place, or where it holds something that varies anyway. The first word says what a message
/// is about, and must have been seen to vary more. A group that results may differ from others in one word again.
/// </summary>
sealed class ShapeMerger
{
    const int LeastWords = 5;
    const int LeastFirstWords = 12;
    const int Rounds = 6;
    const int Variable = 0;

    readonly IReadOnlyList<Shape> _shapes;
    readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal) { [Shape.Variable] = Variable };
    readonly List<string> _texts = [Shape.Variable];
    readonly List<bool> _varies = [true];
    readonly int[] _parents;
    readonly int[][] _words;
    readonly Dictionary<int, TemplateGroup> _groups = [];

    /// <summary>Merges shapes.</summary>
    /// <param name="shapes">The shapes, the oldest first: a group keeps the id of its oldest.</param>
    /// <param name="total">How many messages they have.</param>
    public ShapeMerger(IReadOnlyList<Shape> shapes, long total)
    {
        (_shapes, Total) = (shapes, total);
        _parents = [.. Enumerable.Range(0, shapes.Count)];
        _words = [.. shapes.Select(shape => shape.Words.Select(IdOf).ToArray())];
        KeepSaved();
        for (var round = 0; round < Rounds && MergeOnce(); round++)
        {
        }

        foreach (var root in Enumerable.Range(0, shapes.Count).Select(Find).Distinct())
        {
            _groups[root] = new TemplateGroup(shapes[root].Group ?? shapes[root].Id, string.Join(' ', _words[root].Select(word => _texts[word])), 0);
        }

        for (var i = 0; i < shapes.Count; i++)
        {
            var root = Find(i);
            _groups[root] = _groups[root] with { Count = _groups[root].Count + shapes[i].Count };
        }
    }

    /// <summary>How many messages the groups have.</summary>
    public long Total { get; }

    /// <summary>The groups.</summary>
    public IEnumerable<TemplateGroup> Groups => _groups.Values;

    /// <summary>The group of a shape.</summary>
    public TemplateGroup GroupOf(int shape) => _groups[Find(shape)];

    /// <summary>Shapes that were one group when they were saved stay one.</summary>
    void KeepSaved()
    {
        var first = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < _shapes.Count; i++)
        {
            if (_shapes[i].Group is { } group && !first.TryAdd(group, i))
            {
                Generalise(first[group], i);
                Join(first[group], i);
            }
        }
    }

    /// <summary>Where a shape differs from the first of its group, the word varies.</summary>
    void Generalise(int first, int shape)
    {
        for (var i = 0; i < Math.Min(_words[first].Length, _words[shape].Length); i++)
        {
            _words[first][i] = _words[first][i] == _words[shape][i] ? _words[first][i] : Variable;
        }
    }

    bool MergeOnce()
    {
        var merged = false;
        foreach (var (place, members) in Candidates())
        {
            var alive = members.Select(Find).Distinct().Where(shape => Fits(shape, place)).Order().ToList();
            var words = alive.Select(shape => _words[shape][place.Position]).Distinct().ToList();
            if (words.Count < (place.Position > 0 ? LeastWords : LeastFirstWords))
            {
                alive = place.Position == 0 ? [] : [.. alive.Where(shape => _varies[_words[shape][place.Position]])];
            }

            for (var i = 1; i < alive.Count; i++)
            {
                merged = true;
                Join(alive[0], alive[i]);
            }

            if (alive.Count > 1)
            {
                _words[alive[0]] = [.. place.Words];
                _words[alive[0]][place.Position] = Variable;
            }
        }

        return merged;
    }

    /// <summary>Groups that differ in one place alone, the most numerous first.</summary>
    IEnumerable<(Place Place, List<int> Members)> Candidates()
    {
        // Most places have one member: they get no list.
        var first = new Dictionary<ulong, (int Shape, int Position)>();
        var found = new Dictionary<ulong, (Place Place, List<int> Members)>();
        for (var shape = 0; shape < _words.Length; shape++)
        {
            if (_parents[shape] != shape || _words[shape].Length < 2)
            {
                continue;
            }

            var words = _words[shape];
            var sum = (ulong)words.Length;
            for (var position = 0; position < words.Length; position++)
            {
                sum += Mix(words[position], position);
            }

            for (var position = 0; position < words.Length; position++)
            {
                var key = sum - Mix(words[position], position) + Mix(-1, position);
                if (first.TryAdd(key, (shape, position)))
                {
                    continue;
                }

                if (!found.TryGetValue(key, out var place))
                {
                    var (one, at) = first[key];
                    found.Add(key, place = (new Place(at, _words[one]), [one]));
                }

                if (Fits(shape, place.Place))
                {
                    place.Members.Add(shape);
                }
            }
        }

        return found.Values.Where(place => place.Members.Count > 1).OrderByDescending(place => place.Members.Count).ThenBy(place => place.Place.Position).ThenBy(place => place.Members[0]).ToList();
    }

    bool Fits(int shape, Place place)
    {
        var words = _words[shape];
        return words.Length == place.Words.Length
            && words.AsSpan(0, place.Position).SequenceEqual(place.Words.AsSpan(0, place.Position))
            && words.AsSpan(place.Position + 1).SequenceEqual(place.Words.AsSpan(place.Position + 1));
    }

    int Find(int shape)
    {
        while (_parents[shape] != shape)
        {
            shape = _parents[shape] = _parents[_parents[shape]];
        }

        return shape;
    }

    void Join(int one, int other)
    {
        var (a, b) = (Find(one), Find(other));
        _parents[Math.Max(a, b)] = Math.Min(a, b);
    }

    int IdOf(string word)
    {
        if (!_ids.TryGetValue(word, out var id))
        {
            id = _texts.Count;
            _ids.Add(word, id);
            _texts.Add(word);
            _varies.Add(word.EndsWith(Shape.Variable, StringComparison.Ordinal));
        }

        return id;
    }

    static ulong Mix(int word, int position)
    {
        var x = ((ulong)(uint)word << 20) + (ulong)position + 0x9E3779B97F4A7C15;
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return x ^ (x >> 31);
    }

    sealed record Place(int Position, int[] Words);
}
