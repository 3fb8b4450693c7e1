using System.CommandLine;
using System.Text;
using Millrace.Cli.Output;
using Millrace.Errors;
using Millrace.Errors.Store;
using Millrace.Queries.Results;
using Millrace.Reports;

namespace Millrace.Cli.Commands;

/// <summary><c>millrace report errors SOURCE…</c>.</summary>
static class ReportErrorsCommand
{
    /// <summary>The report's name.</summary>
    public const string Name = "errors";

    /// <summary>What it answers.</summary>
    public const string Title = "what is going wrong: errors in groups, what is new or rising first";

    /// <summary>The command.</summary>
    public static Command Create(CommandConsole console, ScheduledMail? scheduled)
    {
        var sources = new Argument<string[]>("source") { Description = "Files, globs, directories or s3://bucket/prefix", Arity = ArgumentArity.ZeroOrMore };
        var clientErrors = new Option<bool>("--client-errors") { Description = "Statuses from 400 are errors too, not only those from 500" };
        var store = new Option<string?>("--store") { Description = $"Read what 'errors extract' has kept instead of logs: {char.ToLowerInvariant(ErrorStores.Help[0])}{ErrorStores.Help[1..]}" };
        var limit = new Option<int>("--limit") { Description = "How many groups are shown", DefaultValueFactory = _ => 20 };
        var mailTo = new Option<string?>("--mail-to") { Description = ReportMailing.Description };
        var reading = new ReadingOptions();
        var output = new OutputOptions();
        var command = new Command(Name, $"{char.ToUpperInvariant(Title[0])}{Title[1..]}.") { sources, store, clientErrors, limit, mailTo };
        reading.AddTo(command);
        output.AddTo(command);
        command.SetAction((parsed, _) =>
        {
            var settings = reading.ReadSettings(parsed);
            var mail = parsed.GetValue(mailTo) is { } addresses ? ReportMailing.Read(parsed, addresses, settings, scheduled) : null;
            var errors = ErrorStores.SettingsIn(settings);
            var asked = new Request(parsed.GetValue(sources)!, parsed.GetValue(store), parsed.GetValue(clientErrors), Math.Max(parsed.GetValue(limit), 0), mail);
            return RunAsync(WithDefaults(asked, errors, reading.NamesLake(parsed)), reading.Read(parsed, console), errors.Rules, output.Read(parsed));
        });
        return command;
    }

    static async Task<int> RunAsync(Request request, Reading reading, ErrorRules rules, OutputChoice output)
    {
        if (output.Kind is OutputKind.Parquet or OutputKind.NodeGraph or OutputKind.Csv)
        {
            throw new UserException("'report errors' is written as table, json or ndjson.", UserException.Usage);
        }

        var (until, since) = (reading.Until ?? reading.AsOf, reading.Since ?? (reading.Until ?? reading.AsOf) - TimeSpan.FromHours(24));
        output = ReportPath.In(output, Name, by: null, since, until);
        var whole = reading with { Since = since - ErrorReader.History, Until = until };
        if (request.Store is not null)
        {
            var kept = await ReadStoreAsync(request, reading, rules, since, until).ConfigureAwait(false);
            await using var shown = whole.Open();
            return await TellAsync(request, kept, [], shown, output, reading.Stop).ConfigureAwait(false);
        }

        await using var run = whole.Open();
        var (events, names) = await EventsAsync(whole, run, request.Sources).ConfigureAwait(false);
        var digest = new ErrorReader(run.Session, rules).Read(events, since, until, request.CountsClientErrors);
        return await TellAsync(request, digest, names, run, output, reading.Stop).ConfigureAwait(false);
    }

    /// <summary>Where the command line names neither logs nor a lake, the store of the settings is asked, which is there to be asked instead of them. What counts as an error was decided when it was filled.</summary>
    static Request WithDefaults(Request asked, ErrorSettings errors, bool namesLake)
    {
        var store = asked.Store ?? (asked.Sources.Count == 0 && !namesLake ? errors.Store : null);
        return asked with { Store = store, CountsClientErrors = asked.CountsClientErrors || (store is null && errors.CountsClientErrors) };
    }

    static async Task<ErrorDigest> ReadStoreAsync(Request request, Reading reading, ErrorRules rules, DateTimeOffset since, DateTimeOffset until)
    {
        if (request.Sources.Count > 0 || request.CountsClientErrors || reading.RejectsPath is not null)
        {
            throw new UserException($"'report errors' reads no logs where it is asked of the store '{request.Store}': sources, --rejects and --client-errors go with 'errors extract'.", UserException.Usage);
        }

        await using var store = await ErrorStores.OpenAsync(request.Store!, creates: false, reading.Stop).ConfigureAwait(false);
        return await new StoredErrors(store, rules).ReadAsync(since, until, reading.Stop).ConfigureAwait(false);
    }

    static async Task<int> TellAsync(Request request, ErrorDigest digest, IReadOnlyList<string> names, QueryRun run, OutputChoice output, CancellationToken stop)
    {
        if (request.Mail is null || output.Path is not null)
        {
            await run.WriteAsync(output, stream => Write(digest, names, output.Kind, request.Limit, stream)).ConfigureAwait(false);
        }
        else
        {
            await run.FinishAsync().ConfigureAwait(false);
        }

        // A mail takes the place of standard output, not of --out.
        await (request.Mail?.SendAsync(digest, names, request.Limit, stop) ?? Task.CompletedTask).ConfigureAwait(false);
        return 0;
    }

    /// <summary>The events as SQL, and what to call where they are.</summary>
    internal static async Task<(string Sql, IReadOnlyList<string> Names)> EventsAsync(Reading reading, QueryRun run, IReadOnlyList<string> sources) => sources.Count > 0
        ? (EventTable.OfLogs(sources).Sql, sources)
        : reading.Lake is { } lake
        ? ((await reading.EventsAsync(run.Store).ConfigureAwait(false)).Sql, [lake.Path])
        : throw new UserException("'report errors' is asked of nothing. Name a source (files, directories or s3://bucket/prefix), a lake with --lake, or an error store with --store.", UserException.Usage);

    static void Write(ErrorDigest digest, IReadOnlyList<string> sources, OutputKind kind, int limit, Stream stream)
    {
        if (kind == OutputKind.Table)
        {
            stream.Write(Encoding.UTF8.GetBytes(ErrorText.Of(digest, sources, limit)));
            return;
        }

        using var rows = new JsonRows(stream, isArray: kind == OutputKind.Json);
        foreach (var group in digest.Groups.Take(limit))
        {
            ErrorJson.Write(rows.BeginRow(), group, digest, sources);
            rows.EndRow();
        }

        rows.Finish();
    }

    /// <summary>What is asked.</summary>
    sealed record Request(IReadOnlyList<string> Sources, string? Store, bool CountsClientErrors, int Limit, ReportMailing? Mail);
}
