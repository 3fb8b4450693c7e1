using Millrace.Parsing.Names;

namespace Millrace.Parsing.Json;

/// <summary>How other engines read the raw files.</summary>
sealed partial class JsonShape
{
    RawTable Raw() => HasDottedKeys
        ? new RawTable.None("a key may be nested or hold dots, as its producer likes")
        : new RawTable.Json([.. fields.Select((field, number) => new RawField(number, field.Name, RawValueOf(field)) { Path = field.Path.Split('.') })]);

    static RawValue RawValueOf(JsonField field) => field.Syntax switch
    {
        JsonFieldSyntax.Integer or JsonFieldSyntax.Count or JsonFieldSyntax.Status => RawValue.Integer,
        JsonFieldSyntax.Real => RawValue.Real,
        JsonFieldSyntax.Boolean => RawValue.Boolean,
        JsonFieldSyntax.Duration => field.Unit switch
        {
            DurationUnit.Nanoseconds => RawValue.Nanoseconds,
            DurationUnit.Microseconds => RawValue.Microseconds,
            DurationUnit.Milliseconds => RawValue.Milliseconds,
            _ => RawValue.Seconds,
        },
        JsonFieldSyntax.AnyTime => RawValue.AnyTime,
        JsonFieldSyntax.IsoTime => RawValue.IsoTime,
        JsonFieldSyntax.EpochTime => RawValue.EpochTime,
        JsonFieldSyntax.FirstText => RawValue.FirstOfList,
        JsonFieldSyntax.Json => RawValue.Json,
        _ => RawValue.Text,
    };
}
