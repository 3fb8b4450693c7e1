using System.CommandLine;
using Millrace.App.Reading;
using Millrace.Cli.Help;
using Millrace.Cli.Options;
using Millrace.Cli.Output;
using Millrace.Errors.Templates;
using Millrace.Sources;

namespace Millrace.Cli.Commands;

/// <summary><c>millrace errors templates SOURCE…</c>.</summary>
static class ErrorsTemplatesCommand
{
    /// <summary>The command.</summary>
    public static Command Create(CommandConsole console)
    {
        var sources = new Argument<string[]>("source") { Description = "Files, globs, directories, '-' or s3://bucket/prefix", Arity = ArgumentArity.OneOrMore };
        var state = new Option<string?>("--state") { Description = "File in which groups keep their ids from run to run" };
        var groups = new Option<bool>("--groups") { Description = "The groups and their counts instead of every event" };
        var reading = new ReadingOptions((ReadingParts.Range | ReadingParts.Logs | ReadingParts.MaxRejects) & ~ReadingParts.Threads);
        var output = new OutputOptions();
        var command = new ExampledCommand("templates", "The template of every message: what it says with what varies left out.") { sources, state, groups };
        reading.AddFirstTo(command);
        output.AddTo(command);
        reading.AddRestTo(command);
        command.SetAction((parsed, _) =>
        {
            var request = reading.Read(parsed, parsed.GetValue(sources)!) with { IsOrdered = true };
            return RunAsync(CommandRun.Open(console, parsed, reading), request, output.Read(parsed), parsed.GetValue(state), parsed.GetValue(groups));
        });
        return command.WithExamples("millrace errors templates app.log --groups");
    }

    static async Task<int> RunAsync(CommandRun command, ReadingRequest request, OutputChoice output, string? state, bool onlyGroups)
    {
        await using var closing = command;
        if (output.Kind is OutputKind.Parquet or OutputKind.NodeGraph)
        {
            throw new UserException("Templates are written as table, json, ndjson or csv.", UserException.Usage);
        }

        var miner = Load(state);
        await using var reading = await command.Workplace.OpenAsync(command.Workplace.Plan(request), command.Listener, command.Stop).ConfigureAwait(false);
        using var templates = new TemplateRun(reading.Session, miner);
        templates.Read(request.Sources);
        if (state is not null)
        {
            await SaveAsync(miner, state, reading.Objects, command.Stop).ConfigureAwait(false);
        }

        await reading.FinishAsync().ConfigureAwait(false);
        return await WholeOutput.WriteAsync(output, reading.Objects, stream =>
        {
            string[] columns = onlyGroups ? ["group", "count", "template"] : templates.Files.Count > 1 ? ["file", "line", "group", "template"] : ["line", "group", "template"];
            using var rows = new FlatRows(output.Kind, stream, columns);
            if (onlyGroups)
            {
                WriteGroups(rows, miner);
            }
            else
            {
                WriteEvents(rows, templates);
            }

            rows.Finish();
        }, command.Stop).ConfigureAwait(false);
    }

    static void WriteGroups(FlatRows rows, TemplateMiner miner)
    {
        foreach (var group in miner.Groups())
        {
            rows.Write(group.Id, group.Count, group.Template);
        }
    }

    static void WriteEvents(FlatRows rows, TemplateRun templates)
    {
        var severalFiles = templates.Files.Count > 1;
        foreach (var (file, line, group) in templates.Events())
        {
            if (severalFiles)
            {
                rows.Write(file, line, group.Id, group.Template);
            }
            else
            {
                rows.Write(line, group.Id, group.Template);
            }
        }
    }

    static TemplateMiner Load(string? state)
    {
        if (state is null || !File.Exists(state))
        {
            return new TemplateMiner();
        }

        try
        {
            using var reader = new StreamReader(state);
            return TemplateMiner.Load(reader, state);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserException($"The state '{state}' cannot be read: {e.Message}", cause: e);
        }
    }

    static async Task SaveAsync(TemplateMiner miner, string state, IObjectStore store, CancellationToken stop)
    {
        await using var destination = Destination.Create(state, store);
        var writer = new StreamWriter(destination.Stream, leaveOpen: true);
        await using (writer.ConfigureAwait(false))
        {
            miner.Save(writer);
        }

        await destination.CommitAsync(stop).ConfigureAwait(false);
    }
}
