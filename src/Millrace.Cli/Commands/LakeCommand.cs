using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Millrace.App.Reading;
using Millrace.Aws;
using Millrace.Cli.Help;
using Millrace.Cli.Options;
using Millrace.Events;
using Millrace.Lake.Retention;
using Millrace.Lake.Upkeep;
using Millrace.Sources;

namespace Millrace.Cli.Commands;

/// <summary><c>millrace lake status|check|compact|vacuum|retain|ddl</c>.</summary>
static class LakeCommand
{
    /// <summary>The command.</summary>
    public static Command Create(CommandConsole console)
    {
        var command = new ExampledCommand("lake", "What a lake holds, and its upkeep.");
        command.Subcommands.Add(Status(console));
        command.Subcommands.Add(Check(console));
        command.Subcommands.Add(Compact(console));
        command.Subcommands.Add(Vacuum(console));
        command.Subcommands.Add(Retain(console));
        command.Subcommands.Add(LakeDdlCommand.Create(console));
        return command.WithExamples("millrace lake status --lake lake");
    }

    static Command Status(CommandConsole console)
    {
        var (command, reading) = Make("status", "What the lake holds, as its log says it.", ReadingParts.Version);
        command.SetAction((parsed, _) => WithLakeAsync(console, parsed, reading, async (lake, _, stop) =>
        {
            var status = LakeStatus.Of(await lake.ReadAsync(stop).ConfigureAwait(false));
            Console.Out.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $$"""{"version":{{status.Version}},"committed":"{{InstantText.Format(status.Committed)}}","files":{{status.Files}},"bytes":{{status.Bytes}},"events":{{status.Events}},"days":{{status.Days}},"sources":{{status.Sources}},"first":{{Quoted(status.First)}},"last":{{Quoted(status.Last)}},"smallFiles":{{status.SmallFiles}},"removedFiles":{{status.Removed}}}"""));
            return 0;
        }));
        return command;
    }

    static Command Check(CommandConsole console)
    {
        var (command, reading) = Make("check", "Hold every committed file against the log.", ReadingParts.Version | ReadingParts.Threads);
        command.SetAction((parsed, _) => WithLakeAsync(console, parsed, reading, async (lake, run, stop) =>
        {
            var snapshot = await lake.ReadAsync(stop).ConfigureAwait(false);
            var problems = await new LakeCheck(lake.Table).RunAsync(snapshot, run).ConfigureAwait(false);
            foreach (var problem in problems)
            {
                CommandConsole.Say(problem);
            }

            if (problems.Count > 0)
            {
                return UserException.Failed;
            }

            Console.Out.WriteLine($$"""{"version":{{snapshot.Version}},"files":{{snapshot.Files.Count}},"problems":0}""");
            return 0;
        }));
        return command;
    }

    static Command Compact(CommandConsole console)
    {
        var target = new Option<int>("--target-mb") { Description = "How large files should become, in MB", DefaultValueFactory = _ => (int)(LakeCompaction.TargetBytes >> 20) };
        var (command, reading) = Make("compact", "Put small files together; readers and writers go on meanwhile.", ReadingParts.Threads);
        command.Options.Add(target);
        command.SetAction((parsed, _) => WithLakeAsync(console, parsed, reading, async (lake, run, _) =>
        {
            var bytes = parsed.GetValue(target) is > 0 and var megabytes ? (long)megabytes << 20 : throw new UserException("--target-mb must be positive.", UserException.Usage);
            var (from, to) = await new LakeCompaction(lake.Table).RunAsync(bytes, run).ConfigureAwait(false);
            Console.Out.WriteLine($$"""{"compacted":{{from}},"into":{{to}}}""");
            return 0;
        }));
        return command;
    }

    static Command Vacuum(CommandConsole console)
    {
        var days = new Option<double>("--after-days") { Description = "How long ago a file must have been taken out", DefaultValueFactory = _ => LakeVacuum.SafetyPeriod.TotalDays };
        var dry = new Option<bool>("--dry-run") { Description = "Only say what would go" };
        var (command, reading) = Make("vacuum", "Delete data files that no version of late needs.", default);
        command.Options.Add(days);
        command.Options.Add(dry);
        command.SetAction((parsed, _) => WithLakeAsync(console, parsed, reading, async (lake, _, stop) =>
        {
            var vacuum = new LakeVacuum(lake.Table, lake.Command.Workplace.Clock);
            var found = await vacuum.FindAsync(TimeSpan.FromDays(parsed.GetValue(days)), stop).ConfigureAwait(false);
            if (!parsed.GetValue(dry))
            {
                await vacuum.DeleteAsync(found, stop).ConfigureAwait(false);
            }

            Console.Out.WriteLine($$"""{"files":{{found.Count}},"bytes":{{found.Sum(file => file.Size)}},"deleted":{{(parsed.GetValue(dry) ? "false" : "true")}}}""");
            return 0;
        }));
        return command;
    }

    static Command Retain(CommandConsole console)
    {
        var dry = new Option<bool>("--dry-run") { Description = "Only say what would become of how much" };
        var lifecycle = new Option<bool>("--lifecycle") { Description = "Print the lifecycle by which S3 moves the files of a lake in a bucket" };
        var apply = new Option<bool>("--apply") { Description = "With --lifecycle: put it on the bucket, in the place of the lake's earlier rules; rules of others stay" };
        var (command, reading) = Make("retain", "Delete, thin out or move old events by the rules in millrace.json; what no rule names stays.", ReadingParts.Clock | ReadingParts.Threads);
        command.Options.Add(dry);
        command.Options.Add(lifecycle);
        command.Options.Add(apply);
        command.SetAction((parsed, _) => WithLakeAsync(console, parsed, reading, (lake, run, stop) => RetainAsync(lake, run, parsed.GetValue(dry), parsed.GetValue(lifecycle), parsed.GetValue(apply), stop)));
        return command.WithExamples("millrace lake retain --lake lake --dry-run");
    }

    static async Task<int> RetainAsync(OpenLake lake, Queries.QueryOptions run, bool isDry, bool printsLifecycle, bool applies, CancellationToken stop)
    {
        var settings = lake.Command.Workplace.Settings;
        var rules = settings.Retention;
        if (rules.Count == 0)
        {
            throw new UserException("There is no rule, so everything stays. Rules stand in millrace.json: {\"lake\": {\"retain\": [{\"service\": \"*\", \"afterDays\": 30, \"dropColumns\": [\"raw\"]}]}}.", UserException.Usage);
        }

        if (applies && (!printsLifecycle || isDry))
        {
            throw new UserException("--apply puts a lifecycle on a bucket: it goes with --lifecycle, and not with --dry-run.", UserException.Usage);
        }

        if (!printsLifecycle)
        {
            RetentionRule[] resolved = [.. rules.Select(rule => rule.MoveTo is { } to ? rule with { MoveTo = settings.Resolve(to) } : rule)];
            return await RetainAsync(new LakeRetention(lake.Table, resolved, lake.Plan.AsOf), isDry, run).ConfigureAwait(false);
        }

        var path = ObjectAddress.IsAddress(lake.Choice.Path) ? ObjectAddress.Parse(lake.Choice.Path) : throw new UserException("--lifecycle is for a lake in a bucket: name it with --lake s3://bucket/prefix.", UserException.Usage);
        var prefix = path.Key.Length == 0 ? "" : path.Key.TrimEnd('/') + "/";
        if (!applies)
        {
            Console.Out.WriteLine(StorageLifecycle.Json(prefix, rules));
            return 0;
        }

        using var lifecycle = new S3Lifecycle(lake.Plan.S3);
        var (set, kept) = await lifecycle.ApplyAsync(path.Bucket, prefix, StorageLifecycle.Of(prefix, rules), stop).ConfigureAwait(false);
        Console.Out.WriteLine($$"""{"bucket":"{{path.Bucket}}","rules":{{set}},"kept":{{kept}}}""");
        return 0;
    }

    static async Task<int> RetainAsync(LakeRetention retention, bool isDry, Queries.QueryOptions run)
    {
        var effects = await (isDry ? retention.PlanAsync(run) : retention.ApplyAsync(run)).ConfigureAwait(false);
        foreach (var (rule, files, events, bytes) in effects)
        {
            Console.Out.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $$"""{"service":{{JsonValue.Create(rule.Service)?.ToJsonString() ?? "null"}},"afterDays":{{rule.AfterDays}},"action":"{{rule.Action}}","files":{{files}},"events":{{events}},"bytes":{{bytes}},"done":{{(isDry ? "false" : "true")}}}"""));
        }

        return 0;
    }

    static (ExampledCommand Command, ReadingOptions Reading) Make(string name, string description, ReadingParts parts)
    {
        var reading = new ReadingOptions(ReadingParts.Lake | ReadingParts.Objects | parts);
        var command = new ExampledCommand(name, description);
        reading.AddTo(command);
        return (command.WithExamples($"millrace lake {name} --lake lake"), reading);
    }

    static async Task<int> WithLakeAsync(CommandConsole console, ParseResult parsed, ReadingOptions reading, Func<OpenLake, Queries.QueryOptions, CancellationToken, Task<int>> work)
    {
        await using var run = CommandRun.Open(console, parsed, reading);
        var plan = run.Workplace.Plan(reading.Read(parsed));
        var choice = plan.Lake ?? throw new UserException("No lake is named. Name one with --lake, or in millrace.json: {\"lake\": {\"path\": \"DIR\"}}.", UserException.Usage);
        return await work(new OpenLake(run, plan, choice), run.Workplace.Options(plan, run.Listener, run.Stop), run.Stop).ConfigureAwait(false);
    }

    static string Quoted(DateTimeOffset? time) => time is { } known ? $"\"{InstantText.Format(known)}\"" : "null";

    sealed record OpenLake(CommandRun Command, ReadingPlan Plan, LakeChoice Choice)
    {
        public Lake.LakeTable Table => Command.Workplace.Lake(Choice, Plan.S3);

        public Task<Lake.LakeSnapshot> ReadAsync(CancellationToken stop) => Command.Workplace.ReadLakeAsync(Choice, Plan.S3, stop);
    }
}
