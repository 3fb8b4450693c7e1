using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Millrace.Aws;
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
        var command = new Command("lake", "What a lake holds, and its upkeep.");
        command.Subcommands.Add(Status(console));
        command.Subcommands.Add(Check(console));
        command.Subcommands.Add(Compact(console));
        command.Subcommands.Add(Vacuum(console));
        command.Subcommands.Add(Retain(console));
        command.Subcommands.Add(LakeDdlCommand.Create(console));
        return command;
    }

    static Command Status(CommandConsole console)
    {
        var (command, reading) = Make("status", "What the lake holds, as its log says it.");
        command.SetAction((parsed, _) => WithLakeAsync(reading.Read(parsed, console), async (lake, _, stop) =>
        {
            var status = LakeStatus.Of(await lake.Choice.ReadAsync(lake.Table, stop).ConfigureAwait(false));
            Console.Out.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $$"""{"version":{{status.Version}},"committed":"{{InstantText.Format(status.Committed)}}","files":{{status.Files}},"bytes":{{status.Bytes}},"events":{{status.Events}},"days":{{status.Days}},"sources":{{status.Sources}},"first":{{Quoted(status.First)}},"last":{{Quoted(status.Last)}},"smallFiles":{{status.SmallFiles}},"removedFiles":{{status.Removed}}}"""));
            return 0;
        }));
        return command;
    }

    static Command Check(CommandConsole console)
    {
        var (command, reading) = Make("check", "Hold every committed file against the log.");
        command.SetAction((parsed, _) => WithLakeAsync(reading.Read(parsed, console), async (lake, run, stop) =>
        {
            var snapshot = await lake.Choice.ReadAsync(lake.Table, stop).ConfigureAwait(false);
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
        var (command, reading) = Make("compact", "Put small files together; readers and writers go on meanwhile.");
        command.Options.Add(target);
        command.SetAction((parsed, _) => WithLakeAsync(reading.Read(parsed, console), async (lake, run, _) =>
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
        var (command, reading) = Make("vacuum", "Delete data files that no version of late needs.");
        command.Options.Add(days);
        command.Options.Add(dry);
        command.SetAction((parsed, _) => WithLakeAsync(reading.Read(parsed, console), async (lake, _, stop) =>
        {
            var vacuum = new LakeVacuum(lake.Table, TimeProvider.System);
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
        var (command, reading) = Make("retain", "Delete, thin out or move old events by the rules in millrace.json; what no rule names stays.");
        command.Options.Add(dry);
        command.Options.Add(lifecycle);
        command.Options.Add(apply);
        command.SetAction((parsed, _) =>
        {
            var settings = reading.ReadSettings(parsed);
            var rules = settings.Section("lake") is { ValueKind: JsonValueKind.Object } section && section.TryGetProperty("retain", out var retain) ? RetentionSettings.Parse(retain, settings.Path!) : [];
            if (rules.Count == 0)
            {
                throw new UserException("There is no rule, so that everything stays. Rules stand in millrace.json: {\"lake\": {\"retain\": [{\"service\": \"*\", \"afterDays\": 30, \"dropColumns\": [\"raw\"]}]}}.", UserException.Usage);
            }

            var chosen = reading.Read(parsed, console);
            if (parsed.GetValue(apply) && (!parsed.GetValue(lifecycle) || parsed.GetValue(dry)))
            {
                throw new UserException("--apply puts a lifecycle on a bucket: it goes with --lifecycle, and not with --dry-run.", UserException.Usage);
            }

            if (!parsed.GetValue(lifecycle))
            {
                RetentionRule[] resolved = [.. rules.Select(rule => rule.MoveTo is { } to ? rule with { MoveTo = settings.Resolve(to) } : rule)];
                return WithLakeAsync(chosen, (lake, run, _) => RetainAsync(new LakeRetention(lake.Table, resolved, chosen.AsOf), parsed.GetValue(dry), run));
            }

            var path = chosen.Lake?.Path is { } named && ObjectAddress.IsAddress(named) ? ObjectAddress.Parse(named) : throw new UserException("--lifecycle is for a lake in a bucket: name it with --lake s3://bucket/prefix.", UserException.Usage);
            var prefix = path.Key.Length == 0 ? "" : path.Key.TrimEnd('/') + "/";
            if (parsed.GetValue(apply))
            {
                return ApplyAsync(chosen, path.Bucket, prefix, rules);
            }

            Console.Out.WriteLine(StorageLifecycle.Json(prefix, rules));
            return Task.FromResult(0);
        });
        return command;
    }

    static async Task<int> ApplyAsync(Reading reading, string bucket, string prefix, IReadOnlyList<RetentionRule> rules)
    {
        using var lifecycle = new S3Lifecycle(reading.S3);
        var (set, kept) = await lifecycle.ApplyAsync(bucket, prefix, StorageLifecycle.Of(prefix, rules), reading.Stop).ConfigureAwait(false);
        Console.Out.WriteLine($$"""{"bucket":"{{bucket}}","rules":{{set}},"kept":{{kept}}}""");
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

    static (Command Command, ReadingOptions Reading) Make(string name, string description)
    {
        var reading = new ReadingOptions();
        var command = new Command(name, description);
        reading.AddTo(command);
        return (command, reading);
    }

    static async Task<int> WithLakeAsync(Reading reading, Func<OpenLake, Queries.QueryOptions, CancellationToken, Task<int>> work)
    {
        var choice = reading.Lake ?? throw new UserException("No lake is named. Name one with --lake, or in millrace.json: {\"lake\": {\"path\": \"DIR\"}}.", UserException.Usage);
        using var store = new S3Store(reading.S3);
        return await work(new OpenLake(choice, choice.Open(store)), reading.Options(store, null) with { Database = null }, reading.Stop).ConfigureAwait(false);
    }

    static string Quoted(DateTimeOffset? time) => time is { } known ? $"\"{InstantText.Format(known)}\"" : "null";

    sealed record OpenLake(LakeChoice Choice, Lake.LakeTable Table);
}
