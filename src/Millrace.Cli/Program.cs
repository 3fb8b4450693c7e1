using System.CommandLine;
using System.CommandLine.Help;
using Millrace.Cli;
using Millrace.Cli.Commands;
using Millrace.Cli.Help;
using Millrace.Queries;

// Whoever asks for the version waits for nothing else.
if (args is ["--version"] or ["version"])
{
    Console.Out.WriteLine(VersionCommand.Text);
    return 0;
}

if (args is not ["sql" or "report", ..])
{
    return await RunAsync(args, database: null);
}

// What a query needs is made ready while the command line is read. It is this thread that opens DuckDB: the C library gives memory to a process's first thread in larger steps than to others.
using var database = new QueryDatabase();
var running = Task.Run(() => RunAsync(args, database));
database.Open();
return await running;

static async Task<int> RunAsync(string[] args, QueryDatabase? database)
{
    using var console = new CommandConsole(database);
    var root = new RootCommand("Millrace turns raw logs into answers: every log a SQL table, call graphs and reports on top.");
    root.Options.OfType<HelpOption>().Single().Action = new HelpPage();
    (string Name, Func<Command> Create)[] commands =
    [
        ("report", () => ReportCommand.Create(console)),
        ("sql", () => SqlCommand.Create(console)),
        ("search", () => SearchCommand.Create(console)),
        ("errors", () => ErrorsCommand.Create(console)),
        ("ingest", () => IngestCommand.Create(console)),
        ("lake", () => LakeCommand.Create(console)),
        ("formats", () => FormatsCommand.Create(console)),
        ("mail", () => MailCommand.Create(console)),
        ("schedule", () => ScheduleCommand.Create(console)),
        ("generate", () => GenerateCommand.Create(console)),
        ("demo", () => DemoCommand.Create(console)),
        ("completion", CompletionCommand.Create),
        ("help", () => HelpCommand.Create(root)),
        ("version", VersionCommand.Create),
    ];

    // A command line that begins with a command needs no other, and making them all would be a tenth of the start-up. Help may be asked of any.
    var isNamed = args is [not "help" and var first, ..] && commands.Any(command => command.Name == first);
    foreach (var (name, create) in commands)
    {
        if (!isNamed || name == args[0])
        {
            root.Subcommands.Add(create());
        }
    }

    return await console.RunAsync(root, args);
}
