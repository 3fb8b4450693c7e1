using System.Globalization;
using System.Text;

namespace Millrace.Errors.Templates;

/// <summary>
/// Finds the templates of messages. Each message is reduced to a shape; shapes that differ in one word are one group once that word has been seen to vary. Which groups there are depends on the
/// messages alone, not on their order, up to the bound on shapes. Serves one thread.
/// </summary>
public sealed class TemplateMiner
{
    /// <summary>How many shapes are kept. Messages of further shapes go to a group by their first word.</summary>
    public const int MostShapes = 20_000;

    readonly MessageShape _reducer = new();
    readonly Dictionary<ulong, List<int>> _byHash = [];
    readonly List<Shape> _shapes = [];
    ShapeMerger? _merged;

    /// <summary>How many shapes there are.</summary>
    public int Count => _shapes.Count;

    /// <summary>Takes a message, of which the first line counts. Returns the number of its shape, which <see cref="GroupOf"/> takes.</summary>
    public int Add(ReadOnlySpan<byte> message)
    {
        _reducer.Reduce(message);
        var hash = HashOf(_reducer, _reducer.Count);
        var shape = Find(hash, _reducer.Count);
        if (shape < 0)
        {
            shape = _shapes.Count < MostShapes ? Create(hash, _reducer.Count) : Overflow();
        }

        _shapes[shape].Count++;
        return shape;
    }

    /// <summary>The group of a shape, as of all messages so far.</summary>
    public TemplateGroup GroupOf(int shape) => Merged().GroupOf(shape);

    /// <summary>The words of a shape, with <c>&lt;*&gt;</c> for what varies by how it is written.</summary>
    public IReadOnlyList<string> WordsOf(int shape) => _shapes[shape].Words;

    /// <summary>The templates of messages of which the words are known, in their order.</summary>
    public static IReadOnlyList<string> Merge(IReadOnlyList<IReadOnlyList<string>> words)
    {
        var merger = new ShapeMerger([.. words.Select((shape, index) => new Shape(index.ToString(CultureInfo.InvariantCulture), [.. shape]))], total: 0);
        return [.. words.Select((_, index) => merger.GroupOf(index).Template)];
    }

    /// <summary>All groups, the largest first.</summary>
    public IReadOnlyList<TemplateGroup> Groups() => [.. Merged().Groups.OrderByDescending(group => group.Count).ThenBy(group => group.Id, StringComparer.Ordinal)];

    /// <summary>The state as text: a line a shape, with its id, its group's id and its count. The same messages give the same text.</summary>
    public void Save(TextWriter writer)
    {
        var merged = Merged();
        writer.Write("millrace templates 1\n");
        for (var i = 0; i < _shapes.Count; i++)
        {
            writer.Write(string.Create(CultureInfo.InvariantCulture, $"{_shapes[i].Id}\t{merged.GroupOf(i).Id}\t{_shapes[i].Count}\t{string.Join(' ', _shapes[i].Words)}\n"));
        }
    }

    /// <summary>Goes on from a saved state, into a miner that has seen nothing. Throws a <see cref="UserException"/> where the text is none.</summary>
    public static TemplateMiner Load(TextReader reader, string name)
    {
        var miner = new TemplateMiner();
        if (reader.ReadLine() != "millrace templates 1")
        {
            throw new UserException($"'{name}' does not hold templates of this version of Millrace. Remove it, or name another file.");
        }

        while (reader.ReadLine() is { } line)
        {
            if (line.Split('\t', 4) is not [var id, var group, var count, var words] || !long.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                throw new UserException($"'{name}', line {miner._shapes.Count + 2}: this is no template. The file is damaged; remove it, or restore it from a copy.");
            }

            var shape = new Shape(id, words.Length == 0 ? [] : words.Split(' ')) { Count = number, Group = group };
            miner.Keep(shape);
        }

        return miner;
    }

    ShapeMerger Merged()
    {
        var total = _shapes.Sum(shape => shape.Count);
        if (_merged is null || _merged.Total != total)
        {
            _merged = new ShapeMerger(_shapes, total);
        }

        return _merged;
    }

    int Find(ulong hash, int words)
    {
        if (_byHash.TryGetValue(hash, out var same))
        {
            foreach (var shape in same)
            {
                if (Equals(_shapes[shape], words))
                {
                    return shape;
                }
            }
        }

        return -1;
    }

    bool Equals(Shape shape, int words)
    {
        if (shape.Encoded.Length != words)
        {
            return false;
        }

        for (var i = 0; i < words; i++)
        {
            if (!_reducer[i].SequenceEqual(shape.Encoded[i]))
            {
                return false;
            }
        }

        return true;
    }

    int Create(ulong hash, int words)
    {
        var texts = new string[words];
        for (var i = 0; i < words; i++)
        {
            texts[i] = Encoding.UTF8.GetString(_reducer[i]).Replace("\0", Shape.Variable, StringComparison.Ordinal);
        }

        var shape = new Shape(hash.ToString("x16", CultureInfo.InvariantCulture), texts) { Encoded = [.. Enumerable.Range(0, words).Select(i => _reducer[i].ToArray())] };
        _byHash.TryAdd(hash, []);
        _byHash[hash].Add(_shapes.Count);
        _shapes.Add(shape);
        return _shapes.Count - 1;
    }

    /// <summary>Beyond the bound the first word tells groups apart, and where there are too many of those, nothing.</summary>
    int Overflow()
    {
        var first = _reducer.Count > 0 && _shapes.Count < MostShapes + 1000 ? 1 : 0;
        var hash = HashOf(_reducer, first) ^ ulong.MaxValue;
        var words = first == 1 ? [Encoding.UTF8.GetString(_reducer[0]).Replace("\0", Shape.Variable, StringComparison.Ordinal), Shape.Variable] : new[] { Shape.Variable };
        var id = hash.ToString("x16", CultureInfo.InvariantCulture);
        var known = _shapes.FindIndex(MostShapes, shape => shape.Id == id);
        if (known >= 0)
        {
            return known;
        }

        _shapes.Add(new Shape(id, words));
        return _shapes.Count - 1;
    }

    void Keep(Shape shape)
    {
        shape.Encoded = [.. shape.Words.Select(word => Encoding.UTF8.GetBytes(word.Replace(Shape.Variable, "\0", StringComparison.Ordinal)))];
        var hash = 14695981039346656037UL + (ulong)shape.Encoded.Length;
        foreach (var word in shape.Encoded)
        {
            hash = HashOf(word, hash);
        }

        hash ^= hash >> 32;
        _byHash.TryAdd(hash, []);
        _byHash[hash].Add(_shapes.Count);
        _shapes.Add(shape);
    }

    static ulong HashOf(MessageShape reducer, int words)
    {
        // FNV-1a over the words, with an end to each.
        var hash = 14695981039346656037UL + (ulong)words;
        for (var i = 0; i < words; i++)
        {
            hash = HashOf(reducer[i], hash);
        }

        return hash ^ (hash >> 32);
    }

    static ulong HashOf(ReadOnlySpan<byte> word, ulong hash)
    {
        foreach (var b in word)
        {
            hash = (hash ^ b) * 1099511628211UL;
        }

        return (hash ^ 0xff) * 1099511628211UL;
    }
}
