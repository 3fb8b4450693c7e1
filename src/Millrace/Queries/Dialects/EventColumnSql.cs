using Millrace.Events;
using Millrace.Parsing;

namespace Millrace.Queries.Dialects;

/// <summary>Makes the event columns and own columns of a format from the texts of its raw fields, as expressions of one dialect.</summary>
sealed class EventColumnSql(SqlDialect dialect, FormatBinding binding, IReadOnlyList<RawField> fields)
{
    const string Method = "[A-Za-z_-]{1,24}";
    const string Protocol = "[A-Z]{1,7}/[0-9][^ ]*";

    /// <summary>Each column with its expression; columns that no expression makes are left out.</summary>
    public IEnumerable<(string Name, string Expression)> Columns()
    {
        foreach (var column in Enum.GetValues<EventColumn>())
        {
            if (Event(column) is { } expression)
            {
                yield return (column.Name(), expression);
            }
        }

        foreach (var (field, name) in binding.OwnColumns)
        {
            if (RawOf(field) is { } raw)
            {
                yield return (name, dialect.Cast(raw, Named(raw)));
            }
        }
    }

    string? Event(EventColumn column)
    {
        var source = binding.Columns[column];
        var rule = column switch
        {
            EventColumn.Service => binding.Service,
            EventColumn.Caller => binding.Caller,
            _ => null,
        };
        if (source.Kind == ColumnSourceKind.None && rule is not null)
        {
            // A rule about the file's name needs the name; those about fields do not.
            source = rule.Resolve(binding, fileName: "");
        }

        return source.Kind switch
        {
            ColumnSourceKind.None => null,
            ColumnSourceKind.Constant => dialect.Literal(source.Text!),
            ColumnSourceKind.PathSegment => Event(EventColumn.Path) is { } path ? dialect.Text(dialect.Extract($"({path})", source.Number == 1 ? "^/?([^/]*)" : $"^/?(?:[^/]*/){{{source.Number - 1}}}([^/]*)", 1)) : null,
            _ when RawOf(source.Field) is { } raw => OfField(source, raw, Named(raw)),
            _ => binding.Raw!.Sums.FirstOrDefault(sum => sum.Field == source.Field) is { } sum ? Sum(sum) : null,
        };
    }

    string Sum(RawSum sum) => string.Join(" + ", sum.Parts.Select(part => $"({dialect.Cast(RawOf(part)!, Named(RawOf(part)!))})"));

    string OfField(ColumnSource source, RawField raw, string quoted) => OfText(source, raw, raw.Value == RawValue.QuotedText ? $"({dialect.Cast(raw, quoted)})" : quoted);

    string OfText(ColumnSource source, RawField raw, string text) => source.Kind switch
    {
        ColumnSourceKind.Field => dialect.Cast(raw, Named(raw)),
        ColumnSourceKind.RequestMethod => dialect.Text(dialect.Extract(text, $"^({Method}) ", 1)),
        ColumnSourceKind.RequestPath => Path(Target(text)),
        ColumnSourceKind.RequestQuery => Query(Target(text)),
        ColumnSourceKind.RequestProtocol => dialect.Text(dialect.Extract(text, $"^{Method} (?:.* )?({Protocol})$", 1)),
        ColumnSourceKind.RequestHost => Host(Target(text)),
        ColumnSourceKind.UrlPath => Path(text),
        ColumnSourceKind.UrlQuery => Query(text),
        ColumnSourceKind.UrlHost => Host(text),
        ColumnSourceKind.AddressWithoutPort => dialect.Text($"regexp_replace({text}, {dialect.Literal("^\\[([^\\]]+)\\].*$|^([^:]*):[^:]*$")}, '$1$2')"),
        ColumnSourceKind.Severity => Severity(text),
        ColumnSourceKind.WhenMasked when RawOf(source.Other) is { } address => $"CASE WHEN {Named(address)} = '<masked>' THEN {dialect.Text(text)} END",
        ColumnSourceKind.WhenMachine when RawOf(source.Other) is { } agent =>
            $"CASE WHEN {Named(agent)} LIKE 'Machine (%' THEN coalesce({dialect.Text(dialect.Extract(Named(agent), "^Machine \\([^);]+; *([^)]*?) *\\)", 1))}, {dialect.Text(text)}) END",
        ColumnSourceKind.AgentProduct => dialect.Text(dialect.Extract(text, "^([^/ ]*)", 1)),
        ColumnSourceKind.SlashedName when RawOf(source.Other) is { } other => $"coalesce({SlashedName(raw)}, {SlashedName(other)})",
        ColumnSourceKind.SlashedName => SlashedName(raw),
        ColumnSourceKind.ArnRegion => dialect.Text(dialect.Extract(text, "^arn:[^:]*:[^:]*:([^:]*):", 1)),
        ColumnSourceKind.FirstOf when RawOf(source.Other) is { } other => $"coalesce({dialect.Cast(raw, text)}, {dialect.Cast(other, Named(other))})",
        ColumnSourceKind.SeverityOrInfo => $"coalesce({Severity(text)}, 'INFO')",
        ColumnSourceKind.SyslogSeverity => $"CASE {SyslogCases(text)} ELSE {Severity(text)} END",
        ColumnSourceKind.SyslogPriority => $"CASE {SyslogCases($"CAST(try_cast({text} AS INT) % 8 AS {dialect.TextType})")} END",
        _ => dialect.Text(text),
    };

    string SlashedName(RawField raw) => dialect.Text(dialect.Extract(dialect.Cast(raw, Named(raw)), "^[^/]*/([^/]*)", 1));

    static string SyslogCases(string number) =>
        $"WHEN {number} IN ('0', '1', '2') THEN 'FATAL' WHEN {number} = '3' THEN 'ERROR' WHEN {number} = '4' THEN 'WARN' WHEN {number} IN ('5', '6') THEN 'INFO' WHEN {number} = '7' THEN 'DEBUG'";

    string Target(string request) => dialect.Extract(request, $"^{Method} (.*?)(?: {Protocol})?$", 1);

    // An absolute URL without a path asks for the root.
    string Path(string target) => dialect.Text(dialect.Extract($"regexp_replace({target}, {dialect.Literal("^([a-z]{1,11}://[^/?#]*)($|[?#])")}, '$1/$2')", "^(?:[a-z]{1,11}://[^/?#]*)?([^?#]*)", 1));

    string Query(string target) => dialect.Text(dialect.Extract(target, "^[^?#]*\\?([^#]*)", 1));

    string Host(string target) => dialect.Text(dialect.Extract(target, "^[a-z]{1,11}://(?:[^/?#]*@)?(\\[[^\\]]*\\]|[^/?#:]*)", 1));

    string Severity(string text) =>
        $"CASE {string.Concat(Events.Severity.Spellings.Select(row => $"WHEN lower({text}) IN ({string.Join(", ", row.Spellings.Select(dialect.Literal))}) THEN '{row.Name}' "))}ELSE {dialect.Text(text)} END";

    RawField? RawOf(int field) => fields.FirstOrDefault(raw => raw.Field == field);

    string Named(RawField raw) => dialect.Identifier(raw.Name);
}
