using System.CommandLine;
using Millrace.Cli;
using Millrace.Cli.Commands;
using Millrace.Queries;

// What a query needs is made ready while the command line is read.
using var database = args is ["sql" or "report", ..] ? QueryDatabase.StartOpening() : null;
using var console = new CommandConsole(database);
var root = new RootCommand("Millrace turns raw logs into answers: every log a SQL table, call graphs and reports on top.");
root.Subcommands.Add(ReportCommand.Create(console));
root.Subcommands.Add(SqlCommand.Create(console));
root.Subcommands.Add(SearchCommand.Create(console));
root.Subcommands.Add(ErrorsCommand.Create(console));
root.Subcommands.Add(IngestCommand.Create(console));
root.Subcommands.Add(LakeCommand.Create(console));
root.Subcommands.Add(FormatsCommand.Create(console));
root.Subcommands.Add(MailCommand.Create(console));
root.Subcommands.Add(ScheduleCommand.Create(console));
root.Subcommands.Add(GenerateCommand.Create(console));
root.Subcommands.Add(DemoCommand.Create(console));

return await console.RunAsync(root, args);
