using Millrace.Events;

namespace Millrace.Parsing.Cef;

/// <summary>The fields of a CEF line: those of its header, and the keys of its extension that have a column. Names are those of the Common Event Format, version 26.</summary>
static class CefField
{
    public const int Vendor = 0;
    public const int SeverityField = 5;
    public const int HeaderCount = 6;
    public const int Time = 6;
    public const int Host = 7;

    const int Name = 4;

    static readonly (string Key, FormatField Field, EventColumn? Column)[] Keys =
    [
        ("rt", new("receipt_time", ColumnType.Timestamp, "when the device received the event, else the time in front of the line"), EventColumn.Timestamp),
        ("dvchost", new("dvchost", ColumnType.Text, "the device, else the host in front of the line"), EventColumn.Host),
        ("msg", new("msg", ColumnType.Text, "more about the event"), null),
        ("src", new("src", ColumnType.Text, "the source's address"), EventColumn.ClientIp),
        ("spt", new("spt", ColumnType.Integer, "the source's port"), null),
        ("suser", new("suser", ColumnType.Text, "the source's user"), EventColumn.User),
        ("shost", new("shost", ColumnType.Text, "the source's name"), null),
        ("dst", new("dst", ColumnType.Text, "the destination's address"), null),
        ("dpt", new("dpt", ColumnType.Integer, "the destination's port"), null),
        ("duser", new("duser", ColumnType.Text, "the destination's user"), null),
        ("dhost", new("dhost", ColumnType.Text, "the destination's name"), null),
        ("dvc", new("dvc", ColumnType.Text, "the device's address"), null),
        ("act", new("act", ColumnType.Text, "what the device did"), null),
        ("cat", new("cat", ColumnType.Text, "the device's category of the event"), null),
        ("outcome", new("outcome", ColumnType.Text, "how it ended"), null),
        ("proto", new("proto", ColumnType.Text, "the transport protocol"), null),
        ("app", new("app", ColumnType.Text, "the application protocol"), EventColumn.Protocol),
        ("request", new("request", ColumnType.Text, "the URL asked for"), null),
        ("requestMethod", new("request_method", ColumnType.Text, "the request's method"), EventColumn.Method),
        ("requestClientApplication", new("request_client_application", ColumnType.Text, "the client's own description of itself"), EventColumn.UserAgent),
        ("in", new("bytes_in", ColumnType.Integer, "bytes from the source"), null),
        ("out", new("bytes_out", ColumnType.Integer, "bytes to the source"), null),
    ];

    /// <summary>All fields.</summary>
    public static IReadOnlyList<FormatField> All { get; } =
    [
        new("device_vendor", ColumnType.Text, "who made the device"),
        new("device_product", ColumnType.Text, "what it is"),
        new("device_version", ColumnType.Text, "its version"),
        new("device_event_class_id", ColumnType.Text, "the kind of event"),
        new("name", ColumnType.Text, "the event in words"),
        new("severity", ColumnType.Text, "0 to 10, or Unknown, Low, Medium, High or Very-High"),
        .. Keys.Select(key => key.Field),
    ];

    /// <summary>The keys of the fields behind those of the header, in their order.</summary>
    public static IEnumerable<string> ExtensionKeys => Keys.Select(key => key.Key);

    /// <summary>The event columns that they give.</summary>
    public static ColumnMap Columns()
    {
        var columns = new ColumnMap { [EventColumn.Level] = new(ColumnSourceKind.CefSeverity, SeverityField) };
        foreach (var (index, key) in Keys.Index())
        {
            if (key.Column is { } column)
            {
                columns[column] = ColumnSource.From(HeaderCount + index);
            }
        }

        columns[EventColumn.Message] = new(ColumnSourceKind.FirstOf, NumberOf("msg"), Name);
        return columns.WithUrl(NumberOf("request"));
    }

    static int NumberOf(string key) => HeaderCount + Array.FindIndex(Keys, entry => entry.Key == key);
}
