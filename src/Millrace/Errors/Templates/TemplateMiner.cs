using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace Millrace.Errors.Templates;

/// <summary>
/// Finds the templates of messages. Each message is reduced to a shape; shapes that differ in one word are one group once that word has been seen to vary. Which groups there are depends on the
/// messages alone, not on their order, up to the bounds on memory. Serves one thread.
/// </summary>
public sealed class TemplateMiner
{
    /// <summary>How many shapes are kept. Messages of further shapes go to a group by their first word.</summary>
    public const int MostShapes = 20_000;

    /// <summary>How many words all shapes together have at most; some tens of megabytes.</summary>
    public const int MostWords = 400_000;

    /// <summary>How many groups there are by first words. Where there are more of those, messages of any other go to one group.</summary>
    public const int MostFirstWords = 1_000;

    readonly MessageShape _reducer = new();
    readonly Dictionary<ulong, List<int>> _byHash = [];
    readonly Dictionary<ulong, int> _byFirstWord = [];
    readonly List<Shape> _shapes = [];
    ShapeMerger? _merged;
    long _total;
    int _words;

    /// <summary>How many shapes there are.</summary>
    public int Count => _shapes.Count;

    /// <summary>Takes a message in UTF-8, of which the first line counts. Returns the number of its shape, which <see cref="GroupOf"/> takes.</summary>
    public int Add(ReadOnlySpan<byte> message)
    {
        message = message[..Math.Min(message.Length, MessageShape.LongestMessage)];

        // A state holds text: what is none would not be known again.
        _reducer.Reduce(Utf8.IsValid(message) ? message : Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(message)));
        var hash = HashOf(_reducer, _reducer.Count);
        var shape = Find(hash, _reducer.Count);
        if (shape < 0)
        {
            shape = HasRoom ? Create(hash, _reducer.Count) : FindByFirstWord();
        }

        _shapes[shape].Count++;
        _total++;
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
            miner._total += number;
        }

        return miner;
    }

    bool HasRoom => _shapes.Count - _byFirstWord.Count < MostShapes && _words + _reducer.Count <= MostWords;

    ShapeMerger Merged()
    {
        if (_merged is null || _merged.Total != _total)
        {
            _merged = new ShapeMerger(_shapes, _total);
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
            texts[i] = TextOf(i);
        }

        var shape = new Shape(NameOf(hash), texts) { Encoded = [.. Enumerable.Range(0, words).Select(i => _reducer[i].ToArray())] };
        return Keep(shape, hash);
    }

    /// <summary>Beyond the bounds the first word tells groups apart, and where there are too many of those, nothing.</summary>
    int FindByFirstWord()
    {
        var words = Math.Min(_reducer.Count, 1);
        if (!_byFirstWord.TryGetValue(~HashOf(_reducer, words), out var shape))
        {
            words = _byFirstWord.Count < MostFirstWords ? words : 0;
            var hash = ~HashOf(_reducer, words);
            if (!_byFirstWord.TryGetValue(hash, out shape))
            {
                _byFirstWord.Add(hash, shape = _shapes.Count);
                _shapes.Add(new Shape(NameOf(hash), words == 1 ? [TextOf(0), Shape.Variable] : [Shape.Variable]));
            }
        }

        return shape;
    }

    string TextOf(int word) => Encoding.UTF8.GetString(_reducer[word]).Replace("\0", Shape.Variable, StringComparison.Ordinal);

    /// <summary>Keeps a shape that was saved. One whose name is not made from all of its words is of messages that were told apart by their first word.</summary>
    void Keep(Shape shape)
    {
        shape.Encoded = [.. shape.Words.Select(word => Encoding.UTF8.GetBytes(word.Replace(Shape.Variable, "\0", StringComparison.Ordinal)))];
        var hash = Start(shape.Encoded.Length);
        foreach (var word in shape.Encoded)
        {
            hash = HashOf(word, hash);
        }

        hash = End(hash);
        if (NameOf(hash) == shape.Id || !ulong.TryParse(shape.Id, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var byFirstWord))
        {
            Keep(shape, hash);
        }
        else
        {
            _byFirstWord.TryAdd(byFirstWord, _shapes.Count);
            _shapes.Add(shape);
        }
    }

    int Keep(Shape shape, ulong hash)
    {
        _byHash.TryAdd(hash, []);
        _byHash[hash].Add(_shapes.Count);
        _shapes.Add(shape);
        _words += shape.Words.Length;
        return _shapes.Count - 1;
    }

    static string NameOf(ulong hash) => hash.ToString("x16", CultureInfo.InvariantCulture);

    static ulong HashOf(MessageShape reducer, int words)
    {
        var hash = Start(words);
        for (var i = 0; i < words; i++)
        {
            hash = HashOf(reducer[i], hash);
        }

        return End(hash);
    }

    // FNV-1a over the words, with an end to each.
    static ulong Start(int words) => 14695981039346656037UL + (ulong)words;

    static ulong End(ulong hash) => hash ^ (hash >> 32);

    static ulong HashOf(ReadOnlySpan<byte> word, ulong hash)
    {
        foreach (var b in word)
        {
            hash = (hash ^ b) * 1099511628211UL;
        }

        return (hash ^ 0xff) * 1099511628211UL;
    }
}
