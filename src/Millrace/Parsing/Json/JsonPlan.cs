using Millrace.Events;
using Millrace.Parsing.Names;

namespace Millrace.Parsing.Json;

/// <summary>What a wanted path is wanted for.</summary>
/// <param name="Slot">A <see cref="NamedField"/>, or a number behind the last of them for a field that a rule asked for.</param>
/// <param name="Rank">Of several paths in a line, the one with the lowest rank fills the slot.</param>
/// <param name="Unit">The unit of a duration.</param>
readonly record struct JsonWant(int Slot, int Rank, DurationUnit Unit);

/// <summary>
/// Which paths fill which fields. The first fields of a line are the event columns up to <c>trace_id</c>, in their order; the fields
/// that rules ask for come after them.
/// </summary>
sealed class JsonPlan
{
    /// <summary>How many fields are event columns.</summary>
    public const int ColumnCount = (int)EventColumn.TraceId + 1;

    /// <summary>How many slots stand for event columns.</summary>
    public const int NamedSlots = (int)NamedField.TraceId + 1;

    readonly List<List<JsonWant>> _wants = [];

    public JsonPlan(FormatInput input)
    {
        var mapped = input.Mapping.Where(pair => pair.Key.Field() is not null).ToDictionary(pair => pair.Key.Field()!.Value, pair => pair.Value);
        foreach (var (name, meaning) in FieldNames.All)
        {
            if (!mapped.ContainsKey(meaning.Field))
            {
                Want(name, new((int)meaning.Field, meaning.Rank, meaning.Unit));
            }
        }

        foreach (var (slot, path) in mapped)
        {
            Want(FieldNames.Plain(path), new((int)slot, 0, FieldNames.UnitOf(path)));
        }

        FieldPaths = input.FieldPaths;
        for (var i = 0; i < FieldPaths.Count; i++)
        {
            Want(FieldNames.Plain(FieldPaths[i]), new(NamedSlots + i, 0, default));
        }

        PartitionKey = Paths.Add(FieldNames.Plain("partitionKey"));
        Wrapped = Paths.Add("data");
        WantsOfPath = [.. Enumerable.Range(0, Paths.Count).Select(path => path < _wants.Count ? _wants[path].ToArray() : [])];
    }

    /// <summary>The tree of all wanted paths.</summary>
    public JsonPaths Paths { get; } = new();

    /// <summary>What each path of <see cref="Paths"/> is wanted for.</summary>
    public JsonWant[][] WantsOfPath { get; }

    /// <summary>The path of the key that shows that a line is a record of a stream.</summary>
    public int PartitionKey { get; }

    /// <summary>The path of the object in a record of a stream.</summary>
    public int Wrapped { get; }

    /// <summary>The fields that rules ask for.</summary>
    public IReadOnlyList<string> FieldPaths { get; }

    /// <summary>How many slots there are.</summary>
    public int SlotCount => NamedSlots + FieldPaths.Count;

    /// <summary>The field that a slot fills; -1 for the request line, which is taken apart.</summary>
    public static int FieldOf(int slot) =>
        slot >= NamedSlots ? slot - NamedSlots + ColumnCount : (int?)((NamedField)slot).Column() ?? -1;

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
