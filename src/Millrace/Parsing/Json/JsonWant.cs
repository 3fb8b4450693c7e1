using Millrace.Parsing.Names;

namespace Millrace.Parsing.Json;

/// <summary>What a wanted path is wanted for.</summary>
/// <param name="Slot">What it fills; of the values of a line for one slot, one is taken.</param>
/// <param name="Rank">Of several paths in a line, the one with the lowest rank fills the slot.</param>
/// <param name="Field">The field that the slot is; -1 for a request line from which several are made.</param>
/// <param name="Syntax">How the value is written.</param>
/// <param name="Unit">The unit of a duration or of a count since 1970.</param>
readonly record struct JsonWant(int Slot, int Rank, int Field, JsonFieldSyntax Syntax, DurationUnit Unit)
{
    /// <summary>True where a line is a reject whose value is of another kind; otherwise such a value is an attribute. A text that is no time is a reject always.</summary>
    public bool IsStrict { get; init; }

    /// <summary>True where a value is a time.</summary>
    public bool IsTime => Syntax >= JsonFieldSyntax.AnyTime;

    /// <summary>True where a value is a number, a time or the like.</summary>
    public bool IsTyped => Syntax >= JsonFieldSyntax.Integer;
}
