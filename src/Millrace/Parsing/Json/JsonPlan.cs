namespace Millrace.Parsing.Json;

/// <summary>Which paths fill which fields of a line, and what makes a line one of the format.</summary>
sealed class JsonPlan
{
    readonly List<List<JsonWant>> _wants = [];

    /// <summary>A plan of wanted paths.</summary>
    /// <param name="paths">An empty tree, which is filled.</param>
    /// <param name="wants">The paths and what they are wanted for.</param>
    /// <param name="required">Paths that every line of the format has.</param>
    /// <param name="mayBeWrapped">True where the object may stand in a record of a stream.</param>
    public JsonPlan(JsonPaths paths, IEnumerable<(string Path, JsonWant Want)> wants, IEnumerable<string> required, bool mayBeWrapped)
    {
        Paths = paths;
        foreach (var (path, want) in wants)
        {
            Want(path, want);
        }

        Required = [.. required.Select(paths.Add)];
        if (mayBeWrapped)
        {
            PartitionKey = paths.Add("partitionKey");
            Wrapped = paths.Add("data");
        }

        WantsOfPath = [.. Enumerable.Range(0, paths.Count).Select(path => path < _wants.Count ? _wants[path].ToArray() : [])];
        SlotCount = _wants.SelectMany(want => want).Max(want => want.Slot) + 1;
    }

    /// <summary>The tree of all wanted paths.</summary>
    public JsonPaths Paths { get; }

    /// <summary>What each path of <see cref="Paths"/> is wanted for.</summary>
    public JsonWant[][] WantsOfPath { get; }

    /// <summary>The paths that every line of the format has.</summary>
    public int[] Required { get; }

    /// <summary>The path of the key that shows that a line is a record of a stream; -1 where no line is.</summary>
    public int PartitionKey { get; } = -1;

    /// <summary>The path of the object in a record of a stream; -1 where no line is one.</summary>
    public int Wrapped { get; } = -1;

    /// <summary>How many slots there are.</summary>
    public int SlotCount { get; }

    /// <summary>How many fields a line has.</summary>
    public required int FieldCount { get; init; }

    /// <summary>True for the usual names: request lines and URLs are taken apart, and a value that is no number where one is expected is an attribute.</summary>
    public bool IsOfUsualNames { get; init; }

    /// <summary>Fields that have the same text in every line of the format.</summary>
    public (int Field, byte[] Text)[] Constants { get; init; } = [];

    /// <summary>Why a line is rejected that lacks a required path, or a constant.</summary>
    public string Misfit { get; init; } = "";

    /// <summary>Why a line is rejected whose value for a slot is not well-formed.</summary>
    public required Func<int, string> Malformed { get; init; }

    void Want(string path, JsonWant want)
    {
        var number = Paths.Add(path);
        if (number == _wants.Count)
        {
            _wants.Add([]);
        }

        _wants[number].Add(want);
    }
}
