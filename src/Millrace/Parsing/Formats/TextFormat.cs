using Millrace.Events;

namespace Millrace.Parsing.Formats;

/// <summary>Any line of text: the whole line is the message.</summary>
static class TextFormat
{
    /// <summary>The entry in the table of formats.</summary>
    public static LogFormat Format { get; } = new(
        "text",
        "any text; the whole line is the message",
        "Starting the nightly run",
        _ => new()
        {
            Format = "text",
            Fields = [new("message", ColumnType.Text, "the line")],
            Columns = new ColumnMap { [EventColumn.Message] = ColumnSource.From(0) },
            CreateParser = () => new Parser(),
            Raw = new RawTable.None("a line is its own message, which any engine's reader of text gives"),
        })
    {
        CanBeDetected = false,
        IsGeneral = true,
    };

    sealed class Parser() : LineParser(1)
    {
        public override LineOutcome Parse(ReadOnlySpan<byte> line)
        {
            Fields.Values[0] = FieldValue.Text(0, line.Length);
            return LineOutcome.Event;
        }
    }
}
