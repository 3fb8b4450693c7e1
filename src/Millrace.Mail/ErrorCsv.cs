using System.Globalization;
using Millrace.Errors;
using Millrace.Events;

namespace Millrace.Mail;

/// <summary>All groups of a digest as CSV, one a row.</summary>
static class ErrorCsv
{
    static readonly MailColumn[] Columns =
    [
        new("group", false), new("state", false), new("name", false), new("type", false), new("template", false), new("count", true), new("share", true), new("expected", true),
        new("first_seen", false), new("last_seen", false), new("services", false), new("endpoints", false), new("hosts", false), new("callers", false), new("note", false),
        new("sample_file", false), new("sample_line", true), new("sample", false), new("search", false),
    ];

    /// <summary>The groups as a table, with as many of them as CSV as go by mail.</summary>
    public static MailTable Of(ErrorDigest digest, IReadOnlyList<string> sources) => MailTable.Read(Columns, digest.Groups.Select(group => Row(group, digest, sources)));

    static string?[] Row(ErrorGroup group, ErrorDigest digest, IReadOnlyList<string> sources) =>
    [
        group.Id, group.State.ToString().ToLowerInvariant(), group.Name, group.Type, group.Template, Number(group.Count), Number(group.Share), group.Expected is { } expected ? Number(expected) : null,
        InstantText.Format(group.FirstSeen), InstantText.Format(group.LastSeen), Names(group.Services), Names(group.Endpoints), Names(group.Hosts), Names(group.Callers), group.Note,
        group.Sample?.File, group.Sample is { } sample ? Number(sample.Line) : null, group.Sample?.Text, group.SearchText.Length > 0 ? ErrorText.SearchCommand(group, digest, sources) : null,
    ];

    static string Number(IFormattable number) => number.ToString(null, CultureInfo.InvariantCulture);

    static string? Names(IReadOnlyList<KeyValuePair<string, long>> names) => names.Count == 0 ? null : string.Join("; ", names.Select(name => string.Create(CultureInfo.InvariantCulture, $"{name.Key} ({name.Value})")));
}
