using Millrace.Events;
using Millrace.Parsing.Layouts;

namespace Millrace.Parsing.Own;

/// <summary>What the word behind a field's colon says.</summary>
/// <param name="Syntax">How the field is written.</param>
/// <param name="Kind">How an event column is made from it.</param>
/// <param name="Pattern">How a time is written whose end does not show.</param>
sealed record OwnFieldType(FieldSyntax Syntax, ColumnSourceKind Kind = ColumnSourceKind.Field, TimePattern? Pattern = null)
{
    const string Words = "text, quoted, int, number, status, ip, ip:port, seconds, ms, us, time, iso, clf, epoch, request, url, level, or a time pattern such as %d/%b/%Y:%H:%M:%S %z";

    static readonly Dictionary<string, OwnFieldType> Known = new()
    {
        ["text"] = new(FieldSyntax.Text),
        ["quoted"] = new(FieldSyntax.Quoted),
        ["int"] = new(FieldSyntax.Integer),
        ["number"] = new(FieldSyntax.Number),
        ["status"] = new(FieldSyntax.Status),
        ["ip"] = new(FieldSyntax.Address),
        ["ip:port"] = new(FieldSyntax.AddressAndPort, ColumnSourceKind.AddressWithoutPort),
        ["seconds"] = new(FieldSyntax.Seconds),
        ["ms"] = new(FieldSyntax.Milliseconds),
        ["us"] = new(FieldSyntax.Microseconds),
        ["time"] = new(FieldSyntax.AnyTime),
        ["iso"] = new(FieldSyntax.IsoTime, Pattern: TimePattern.Iso),
        ["clf"] = new(FieldSyntax.ClfTime, Pattern: TimePattern.Parse("%d/%b/%Y:%H:%M:%S %z")),
        ["epoch"] = new(FieldSyntax.EpochTime),
        ["request"] = new(FieldSyntax.Text, ColumnSourceKind.RequestPath),
        ["url"] = new(FieldSyntax.Text, ColumnSourceKind.UrlPath),
        ["level"] = new(FieldSyntax.Text, ColumnSourceKind.Severity),
    };

    /// <summary>True for a time.</summary>
    public bool IsTime => Syntax >= FieldSyntax.ClfTime;

    /// <summary>True for a duration, which is read as microseconds.</summary>
    public bool IsDuration => Syntax is FieldSyntax.Seconds or FieldSyntax.Milliseconds or FieldSyntax.Microseconds;

    /// <summary>The type of a word; of none where the field's name is an event column, the one that the column needs.</summary>
    public static OwnFieldType Of(string name, string? word)
    {
        if (word is null)
        {
            return Known[UsualWord(name)];
        }

        return word.Contains('%', StringComparison.Ordinal) ? new(FieldSyntax.PatternTime, Pattern: TimePattern.Parse(word))
            : Known.GetValueOrDefault(word) ?? throw new UserException($"The field '{name}' is of the type '{word}', which is not known. Expected {Words}.", UserException.Usage);
    }

    static string UsualWord(string name) => !EventColumns.TryFind(name, out var column) ? "text" : column switch
    {
        EventColumn.Timestamp => "time",
        EventColumn.Status => "status",
        EventColumn.Bytes => "int",
        EventColumn.DurationUs => "us",
        EventColumn.Path => "url",
        EventColumn.Level => "level",
        _ => "text",
    };
}
