using System.CommandLine;
using System.Text.Json;
using Millrace.App.Requests;
using Millrace.App.Runs;
using Millrace.Cli.Help;
using Millrace.Cli.Options;
using Millrace.Cli.Output;
using Millrace.Letters;
using Millrace.Queries.Conditions;
using Millrace.Queries.Results;
using Millrace.Reports;
using Millrace.Sources;

namespace Millrace.Cli.Commands;

/// <summary><c>millrace report NAME SOURCE…</c>: a subcommand a report.</summary>
static class ReportCommand
{
    /// <summary>The command.</summary>
    public static Command Create(CommandConsole console)
    {
        var command = new ExampledCommand("report", "The questions worth asking of logs: who calls whom, how requests ended, which endpoints are slow, what is going wrong.");
        command.Subcommands.Add(List());
        foreach (var report in ReportTable.All)
        {
            command.Subcommands.Add(new ReportOptions(report).CreateCommand(console));
        }

        return command.WithExamples("millrace report traffic logs/", "millrace report errors 's3://my-logs/app/*.gz' --since yesterday");
    }

    static Command List()
    {
        var output = new OutputOptions(hasPath: false);
        var command = new ExampledCommand("list", "List the reports.");
        output.AddTo(command);
        command.SetAction(parsed => Print(output.Read(parsed, usual: OutputKind.Table)));
        return command.WithExamples("millrace report list", "millrace report list --output json");
    }

    static void Print(OutputChoice output)
    {
        if (output.Kind == OutputKind.Table)
        {
            foreach (var report in ReportTable.All)
            {
                var parts = report.Parameters.FirstOrDefault(one => one.Name == ReportParameter.By)?.Choices;
                Console.Out.WriteLine($"{report.Name,-10}  {report.Title}{(parts is null ? "" : $" (--by {string.Join('|', parts)})")}");
            }

            return;
        }

        using var stdout = new StandardOutput();
        using var rows = new JsonRows(stdout, output.Kind == OutputKind.Json);
        foreach (var report in ReportTable.All)
        {
            Write(rows.BeginRow(), report);
            rows.EndRow();
        }

        rows.Finish();
    }

    static void Write(Utf8JsonWriter json, Report report)
    {
        json.WriteStartObject();
        json.WriteString("name", report.Name);
        json.WriteString("title", report.Title);
        json.WriteString("chart", report.Chart.Kind.ToString().ToLowerInvariant());
        json.WriteString("x", report.Chart.X);
        json.WriteString("y", report.Chart.Y);
        json.WriteString("series", report.Chart.Series);
        json.WriteStartArray("parameters");
        foreach (var parameter in report.Parameters)
        {
            json.WriteStartObject();
            json.WriteString("name", parameter.Name);
            json.WriteString("meaning", parameter.Meaning);
            json.WriteStartArray("choices");
            foreach (var choice in parameter.Choices)
            {
                json.WriteStringValue(choice);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}

/// <summary>The options of one report, and what they do.</summary>
sealed class ReportOptions
{
    readonly Report _report;
    readonly Argument<string[]> _sources = new("source") { Description = "Files, globs, directories, '-' or s3://bucket/prefix", Arity = ArgumentArity.ZeroOrMore };
    readonly List<(ReportParameter Parameter, Option Option)> _parameters;
    readonly Option<string[]> _where = new("--where", "-w") { Description = "Condition on a column, all of them: status>=500, client_ip=10.0.0.0/8, duration>1s" };
    readonly Option<string?> _sort = new("--sort") { Description = "Sort by a column: largest first, texts from A to Z; COLUMN:asc or COLUMN:desc" };
    readonly Option<int?> _limit;
    readonly Option<string?> _html = new("--html") { Description = "Also write the call graph as a page of its own to this file" };
    readonly Option<string?> _mailTo = new("--mail-to") { Description = MailToDescription };
    readonly ReadingOptions _reading = new(ReadingParts.Question);
    readonly OutputOptions _output = new();

    public ReportOptions(Report report)
    {
        _report = report;
        _parameters = [.. report.Parameters.Select(parameter => (parameter, OptionOf(parameter)))];
        _limit = new("--limit") { Description = report is DigestReport ? "How many groups are shown [default: 20]" : "Only the first rows" };
    }

    /// <summary>What <c>--mail-to</c> does.</summary>
    public const string MailToDescription = "Mail the result to these addresses, with commas between them, instead of printing it";

    /// <summary>The command.</summary>
    public Command CreateCommand(CommandConsole console)
    {
        var command = new ExampledCommand(_report.Name, $"{char.ToUpperInvariant(_report.Title[0])}{_report.Title[1..]}.") { _sources };
        _reading.AddFirstTo(command);
        command.Options.Add(_where);
        foreach (var (_, option) in _parameters)
        {
            command.Options.Add(option);
        }

        command.Options.Add(_sort);
        command.Options.Add(_limit);
        _output.AddTo(command);
        if (_report == ReportTable.Traffic)
        {
            command.Options.Add(_html);
        }

        command.Options.Add(_mailTo);
        _reading.AddRestTo(command);
        command.SetAction((parsed, _) => RunAsync(console, parsed));
        return command.WithExamples([.. ReportExamples.Of(_report)]);
    }

    async Task<int> RunAsync(CommandConsole console, ParseResult parsed)
    {
        var output = _output.Read(parsed);
        var request = Read(parsed, output);
        CheckForm(output);
        CheckLake(request, parsed);
        await using var run = CommandRun.Open(console, parsed, _reading);
        var mail = parsed.GetValue(_mailTo) is { } addresses ? (run.Workplace.Mail("--mail-to needs a mail server"), MailAddresses.Parse(addresses, "--mail-to")) : ((App.Mailing.MailOffice, IReadOnlyList<System.Net.Mail.MailAddress>)?)null;
        await using var outcome = await run.Workplace.RunAsync(request, run.Listener, run.Stop).ConfigureAwait(false);

        // The page is written before anything is shown, so that one that cannot be written fails the run without output.
        var objects = run.Workplace.Objects(request.Reading.S3);
        await using var page = Html(parsed) is { } path ? Destination.Create(path, objects) : null;
        if (page is not null)
        {
            ((ReportOutcome)outcome).WritePage(page.Stream);
        }

        // A mail takes the place of standard output, not of --out.
        if (mail is null || output.Path is not null)
        {
            await WriteAsync(outcome, output, objects, run.Stop).ConfigureAwait(false);
        }

        if (page is not null)
        {
            await page.CommitAsync(run.Stop).ConfigureAwait(false);
            run.Listener.Say($"The call graph is in {Html(parsed)}.");
        }

        if (mail is var (office, to))
        {
            await office.SendAsync(outcome, to, run.Listener, run.Stop).ConfigureAwait(false);
        }

        return 0;
    }

    ReportRequest Read(ParseResult parsed, OutputChoice output) => new(_report)
    {
        Reading = _reading.Read(parsed, parsed.GetValue(_sources)!),
        Where = [.. (parsed.GetValue(_where) ?? []).Select(Condition.Parse)],
        Sort = parsed.GetValue(_sort),
        Limit = parsed.GetValue(_limit),
        Parameters = _parameters.Where(one => parsed.GetResult(one.Option) is { Implicit: false } && (one.Option is not Option<bool> flag || parsed.GetValue(flag))).ToDictionary(one => one.Parameter.Name, one => ValueOf(parsed, one.Option)),
        LooksBack = !Console.IsOutputRedirected && output.Path is null && parsed.GetValue(_mailTo) is null,
        HasRunId = output.IsDirectory,
    };

    void CheckForm(OutputChoice output)
    {
        if (output.Kind == OutputKind.NodeGraph && _report != ReportTable.Traffic)
        {
            throw new UserException("Only 'report traffic' can be written as node-graph.", UserException.Usage);
        }

        if (_report is DigestReport && output.Kind is OutputKind.Parquet or OutputKind.Csv)
        {
            throw new UserException($"'report {_report.Name}' is written as table, json or ndjson.", UserException.Usage);
        }
    }

    /// <summary>What says how logs are read does nothing over a lake, and is not taken as if it did.</summary>
    void CheckLake(ReportRequest request, ParseResult parsed)
    {
        if (request.Reading.Sources.Count == 0 && request.MetricsSource is null && _reading.OptionOfLogs(parsed) is { } option && _reading.Lake(parsed) is not null)
        {
            throw new UserException($"{option} says how raw logs are read, and a lake holds events that were read before. Leave it out, or name the logs instead of --lake.", UserException.Usage);
        }
    }

    static async Task WriteAsync(RunOutcome outcome, OutputChoice output, IObjectStore objects, CancellationToken stop)
    {
        if (output.Path is not { } path)
        {
            using var stdout = new StandardOutput();
            OutcomePrinter.Print(outcome, output, stdout);
            return;
        }

        var target = output.IsDirectory && outcome.Request is ReportRequest report
            ? ReportPath.In(path, report.Report.Name, report.By, outcome.Coverage.Since, outcome.Coverage.Until ?? TimeProvider.System.GetUtcNow(), output.Extension)
            : path;
        await using var destination = Destination.Create(target, objects);
        OutcomePrinter.Print(outcome, output, destination.Stream);
        await destination.CommitAsync(stop).ConfigureAwait(false);
    }

    string? Html(ParseResult parsed) => _report == ReportTable.Traffic ? parsed.GetValue(_html) : null;

    static Option OptionOf(ReportParameter parameter) => parameter.Kind switch
    {
        ParameterKind.Flag => new Option<bool>($"--{parameter.Name}") { Description = parameter.Meaning },
        ParameterKind.Text => new Option<string?>($"--{parameter.Name}") { Description = parameter.Meaning },
        _ => new Option<string?>($"--{parameter.Name}") { Description = parameter.Meaning, Arity = ArgumentArity.ZeroOrOne },
    };

    static string ValueOf(ParseResult parsed, Option option) => option is Option<string?> text ? parsed.GetValue(text) ?? "" : "";
}
