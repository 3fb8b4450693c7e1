using System.CommandLine;
using Millrace.Cli.Output;
using Millrace.Reports;

namespace Millrace.Cli.Commands;

/// <summary><c>millrace report NAME SOURCE…</c>: a subcommand a report.</summary>
static class ReportCommand
{
    /// <summary>The command.</summary>
    /// <param name="console">The terminal.</param>
    /// <param name="scheduled">The run of a schedule that mails the report; null where a person asks.</param>
    public static Command Create(CommandConsole console, ScheduledMail? scheduled = null)
    {
        var command = new Command("report", "The questions worth asking of logs: who calls whom, how requests ended, which endpoints are slow.");
        var list = new Command("list", "List the reports.");
        list.SetAction(_ => List());
        command.Subcommands.Add(list);
        foreach (var report in ReportTable.All)
        {
            command.Subcommands.Add(Create(console, report, scheduled));
        }

        command.Subcommands.Add(ReportErrorsCommand.Create(console, scheduled));
        return command;
    }

    static Command Create(CommandConsole console, Report report, ScheduledMail? scheduled)
    {
        var sources = new Argument<string[]>("source") { Description = "Files, globs, directories, '-' or s3://bucket/prefix", Arity = ArgumentArity.ZeroOrMore };
        var by = new Option<string?>("--by") { Description = $"Also per {string.Join(", ", report.Parts.Keys)}" };
        var external = new Option<bool>("--external") { Description = "Count calls by people as those of one caller, external" };
        var html = new Option<string?>("--html") { Description = "Also write the call graph as a page of its own to this file" };
        var metrics = new Option<string?>("--metrics") { Description = "Metrics of the services, for the nodes of the graph: a source, or nothing for those of the lake", Arity = ArgumentArity.ZeroOrOne };
        var limit = new Option<int?>("--limit") { Description = "Only the first rows" };
        var mailTo = new Option<string?>("--mail-to") { Description = ReportMailing.Description };
        var reading = new ReadingOptions();
        var output = new OutputOptions();

        var command = new Command(report.Name, $"{char.ToUpperInvariant(report.Title[0])}{report.Title[1..]}.") { sources, limit, mailTo };
        if (report.Parts.Count > 0)
        {
            command.Options.Add(by);
        }

        if (report == ReportTable.Traffic)
        {
            command.Options.Add(external);
            command.Options.Add(html);
            command.Options.Add(metrics);
        }

        reading.AddTo(command);
        output.AddTo(command);
        command.SetAction((parsed, _) =>
        {
            var request = new ReportRequest(report, parsed.GetValue(sources)!)
            {
                By = report.Parts.Count > 0 ? parsed.GetValue(by) : null,
                CountsExternal = report == ReportTable.Traffic && parsed.GetValue(external),
            };
            var extras = report == ReportTable.Traffic ? new TrafficExtras(parsed.GetValue(html), parsed.GetResult(metrics) is not null, parsed.GetValue(metrics)) : new TrafficExtras(null, false, null);
            var run = new ReportRun(reading.Read(parsed, console), output.Read(parsed), request, extras, parsed.GetValue(limit))
            {
                Mail = parsed.GetValue(mailTo) is { } addresses ? ReportMailing.Read(parsed, addresses, reading.ReadSettings(parsed), scheduled) : null,
            };
            return run.RunAsync();
        });
        return command;
    }

    static void List()
    {
        foreach (var report in ReportTable.All)
        {
            Console.Out.WriteLine($"{report.Name,-10}  {report.Title}{(report.Parts.Count > 0 ? $" (--by {string.Join('|', report.Parts.Keys)})" : "")}");
        }

        Console.Out.WriteLine($"{ReportErrorsCommand.Name,-10}  {ReportErrorsCommand.Title}");
    }
}
