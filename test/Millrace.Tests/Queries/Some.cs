using System.Text;
using Millrace.Queries;
using Millrace.Sources;
using Millrace.Tests.Sources;

namespace Millrace.Tests.Queries;

/// <summary>Sessions over logs that are objects in memory, below <c>s3://logs/</c>.</summary>
static class Some
{
    public static readonly DateTimeOffset AsOf = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    public static MemoryObjectStore Store(params (string Key, string Text)[] files)
    {
        var store = new MemoryObjectStore().CreateBucket("logs");
        foreach (var (key, text) in files)
        {
            store.With("logs", key, Encoding.UTF8.GetBytes(text));
        }

        return store;
    }

    public static QueryOptions Options(IObjectStore? store = null) => new() { Sources = new SourceResolver(() => Stream.Null, store), AsOf = AsOf, Threads = 2 };

    /// <summary>Combined lines, one a second from 2026-11-22 10:00:00 on.</summary>
    public static string Combined(int lines, int status = 200) => string.Concat(Enumerable.Range(0, lines).Select(i =>
        $"10.0.0.{i % 250} - - [22/Nov/2026:{10 + (i / 3600 % 10)}:{i / 60 % 60:00}:{i % 60:00} +0000] \"GET /a/{i} HTTP/1.1\" {status} {i} \"-\" \"agent\"\n"));

    /// <summary>Runs a query to its end: a text a row, its values parted by bars, NULL shown as such.</summary>
    public static List<string> Rows(this QuerySession session, string sql)
    {
        using var result = session.Execute(sql);
        var rows = new List<string>();
        while (result.Read())
        {
            rows.Add(string.Join('|', result.Columns.Select(column => column.Text(result.Row) ?? "NULL")));
        }

        return rows;
    }

    /// <summary>Runs a query and gives its rows as JSON objects.</summary>
    public static List<string> Json(this QuerySession session, string sql)
    {
        using var result = session.Execute(sql);
        var rows = new List<string>();
        while (result.Read())
        {
            using var bytes = new MemoryStream();
            using (var json = new System.Text.Json.Utf8JsonWriter(bytes, new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            {
                json.WriteStartObject();
                foreach (var column in result.Columns)
                {
                    json.WritePropertyName(column.Name);
                    column.Write(json, result.Row);
                }

                json.WriteEndObject();
            }

            rows.Add(Encoding.UTF8.GetString(bytes.ToArray()));
        }

        return rows;
    }
}
