using Millrace.Events;
using Millrace.Parsing.Names;

namespace Millrace.Parsing.Json;

/// <summary>One field of a JSON format.</summary>
/// <param name="Path">Its path in the line, as it is written there; dots stand between the keys of nested objects, or in the keys.</param>
/// <param name="Name">Its name as a column of its own.</param>
/// <param name="Syntax">How it is written.</param>
/// <param name="Column">The event column that it gives, if it gives one.</param>
/// <param name="Kind">How the event column is made from it; from a request line or a URL several are.</param>
/// <param name="Unit">The unit of a duration or of a count since 1970.</param>
/// <param name="Meaning">What it says, for <c>formats explain</c>.</param>
sealed record JsonField(
    string Path,
    string Name,
    JsonFieldSyntax Syntax = JsonFieldSyntax.Text,
    EventColumn? Column = null,
    ColumnSourceKind Kind = ColumnSourceKind.Field,
    DurationUnit Unit = DurationUnit.Seconds,
    string Meaning = "")
{
    /// <summary>A key that every line of the format has; its value may be anything.</summary>
    public bool IsRequired { get; init; }

    /// <summary>True where others than the format's producer choose what stands under the key: a value that is no number where one is expected is then an attribute, not a reject.</summary>
    public bool IsLoose { get; init; }

    /// <summary>The text that the field has in every line of the format; null where it differs.</summary>
    public string? Constant { get; init; }

    /// <summary>The field that gives the event column where this one has no value (<see cref="ColumnSourceKind.FirstOf"/>).</summary>
    public string? Otherwise { get; init; }

    /// <summary>What the field holds.</summary>
    public ColumnType Type => Syntax switch
    {
        JsonFieldSyntax.Integer or JsonFieldSyntax.Count or JsonFieldSyntax.Status or JsonFieldSyntax.Duration => ColumnType.Integer,
        JsonFieldSyntax.Real => ColumnType.Real,
        JsonFieldSyntax.Boolean => ColumnType.Boolean,
        JsonFieldSyntax.AnyTime or JsonFieldSyntax.IsoTime or JsonFieldSyntax.EpochTime => ColumnType.Timestamp,
        JsonFieldSyntax.Json => ColumnType.Json,
        _ => ColumnType.Text,
    };

    /// <summary>True where a value of another kind makes the line a reject.</summary>
    public bool IsStrict => !IsLoose && Type is not (ColumnType.Text or ColumnType.Json);

    /// <summary>Why a line is rejected whose field is not well-formed.</summary>
    public string Malformed => $"{Name} is not {Expected}";

    string Expected => Type switch
    {
        ColumnType.Timestamp => "a time",
        ColumnType.Boolean => "true or false",
        _ when Syntax == JsonFieldSyntax.Duration => "a duration",
        _ when Syntax == JsonFieldSyntax.Status => "a status",
        _ => "a number",
    };
}
