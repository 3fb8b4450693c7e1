using System.CommandLine;
using Millrace.Cli.Help;
using Millrace.Cli.Options;
using Millrace.Errors;
using Millrace.Lake.Tables;
using Millrace.Queries;
using Millrace.Reports;
using Millrace.Sources;

namespace Millrace.Cli.Commands;

/// <summary><c>millrace lake ddl</c>: the lake and the reports as tables of other engines. Nothing of the lake is read.</summary>
static class LakeDdlCommand
{
    /// <summary>The command.</summary>
    public static Command Create(CommandConsole console)
    {
        var engine = new Option<string>("--engine") { Description = $"{string.Join(", ", EngineTables.All.SkipLast(1).Select(one => one.Name))} or {EngineTables.All[^1].Name}", Required = true };
        var lake = new Option<string?>("--lake") { Description = "Directory or s3://bucket/prefix of the lake, as the engine reaches it" };
        var reports = new Option<string?>("--reports") { Description = "Directory or s3://bucket/prefix that 'report NAME --out DIR/' writes into, for a table of each report" };
        var form = new Option<string>("--reports-as") { Description = "How reports are written: parquet, csv or ndjson", DefaultValueFactory = _ => "parquet" };
        var config = new ConfigOption();
        var command = new ExampledCommand("ddl", "Print the statements that make the lake, and the files of reports, tables of another engine.") { engine, lake, reports, form };
        config.AddTo(command);
        command.SetAction(parsed =>
        {
            var tables = EngineTables.Find(parsed.GetValue(engine)!);
            var path = parsed.GetValue(lake) ?? config.Read(parsed).Lake
                ?? throw new UserException("No lake is named. Name one with --lake, or in millrace.json: {\"lake\": {\"path\": \"DIR\"}}.", UserException.Usage);
            var written = parsed.GetValue(reports) is { } location ? Reports(Reached(tables, location, "--reports"), KindOf(parsed.GetValue(form)!), console) : [];
            Console.Out.Write(tables.Write(Reached(tables, path, "--lake"), written));
            return 0;
        });
        return command.WithExamples("millrace lake ddl --engine athena --lake s3://my-lake/");
    }

    static IReadOnlyList<ReportFiles> Reports(string location, ReportFileKind kind, CommandConsole console)
    {
        using var session = new QuerySession(new QueryOptions { Sources = new SourceResolver(static () => Stream.Null), AsOf = TimeProvider.System.GetUtcNow(), CancellationToken = console.Stop });
        var all = ReportFiles.OfAll(session, location, kind).Append(ReportFiles.Of(ReportTable.Errors.Name, ErrorJson.Columns, location, ReportFileKind.Ndjson));

        // DuckDB makes no view of files that are not there.
        return [.. all.Where(files => !Directory.Exists(location) || Directory.Exists(files.Location))];
    }

    static string Reached(EngineTables engine, string location, string option) =>
        ObjectAddress.IsAddress(location) ? ObjectAddress.Parse(location).ToString().TrimEnd('/')
        : engine.ReadsBucketsOnly ? throw new UserException($"'{engine.Name}' reads tables of S3 alone, and '{location}' is a directory. Say where a copy of it is with {option} s3://bucket/prefix.", UserException.Usage)
        : Path.GetFullPath(location).TrimEnd('/');

    static ReportFileKind KindOf(string form) => form switch
    {
        "parquet" => ReportFileKind.Parquet,
        "csv" => ReportFileKind.Csv,
        "ndjson" => ReportFileKind.Ndjson,
        _ => throw new UserException($"Reports are not read as '{form}'. Expected parquet, csv or ndjson.", UserException.Usage),
    };
}
