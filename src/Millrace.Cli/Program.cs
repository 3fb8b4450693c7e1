using System.CommandLine;
using Millrace.Cli;
using Millrace.Cli.Commands;

using var console = new CommandConsole();
var root = new RootCommand("Millrace turns raw logs into answers: every log a SQL table, call graphs and reports on top.");
root.Subcommands.Add(ReportCommand.Create(console));
root.Subcommands.Add(SqlCommand.Create(console));
root.Subcommands.Add(FormatsCommand.Create(console));

return await console.RunAsync(root, args);
