using System.CommandLine;
using Millrace.Cli.Help;
using Millrace.Cli.Options;
using Millrace.Events;
using Millrace.Parsing;
using Millrace.Queries.Dialects;

namespace Millrace.Cli.Commands;

/// <summary><c>millrace formats explain NAME</c>.</summary>
static class FormatsExplainCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var config = new ConfigOption();
        var name = new Argument<string>("name") { Description = "The format, with its layout where it takes one: nginx:$remote_addr …" };
        var location = new Option<string>("--location") { Description = "Where the raw files are that the Spark view and the Athena table read", DefaultValueFactory = _ => "s3://bucket/prefix/" };
        var command = new ExampledCommand("explain", "Show a format's fields, what the event columns are made from, an example, and the Spark view and Athena table of the same columns over the raw files.") { name, location };
        config.AddTo(command);
        command.SetAction(parsed => ExplainFormat(parsed.GetValue(name)!, config.Read(parsed).Formats, parsed.GetValue(location)!));
        return command.WithExamples("millrace formats explain alb");
    }

    static void ExplainFormat(string text, FormatTable formats, string location)
    {
        var (name, layout) = LogFormats.Parse(text);
        var format = formats.Find(name);

        // Only examples of formats that need a layout have one, behind the format's name.
        var (exampleName, exampleLayout) = LogFormats.Parse(format.Example);
        exampleLayout = exampleName == format.Name ? exampleLayout : null;
        var head = System.Text.Encoding.UTF8.GetBytes(format.Example + "\n");
        var binding = format.Bind(new FormatInput { Layout = layout ?? exampleLayout, Head = head, AsOf = TimeProvider.System.GetUtcNow() })
            ?? throw new InvalidOperationException($"The example of {name} is not one.");
        var output = Console.Out;
        output.WriteLine($"{format.Name}: {format.Summary}");
        output.WriteLine();
        if (format.Example.Length > 0)
        {
            output.WriteLine("Example");
            foreach (var line in format.Example.Split('\n'))
            {
                output.WriteLine($"  {line}");
            }

            output.WriteLine();
        }

        output.WriteLine("Event columns");
        foreach (var column in Enum.GetValues<EventColumn>())
        {
            if (SourceText(binding, column) is { } source)
            {
                output.WriteLine($"  {column.Name(),-14} {source}");
            }
        }

        if (binding.OwnColumns.Count > 0)
        {
            output.WriteLine();
            output.WriteLine("Columns of its own");
            foreach (var (field, own) in binding.OwnColumns)
            {
                output.WriteLine($"  {own,-28} {binding.Fields[field].Type.ToString().ToLowerInvariant(),-10} {binding.Fields[field].Meaning}".TrimEnd());
            }
        }

        output.WriteLine();
        WriteTables(output, binding, location);
    }

    static void WriteTables(TextWriter output, FormatBinding binding, string location)
    {
        if (binding.Raw is null or RawTable.None)
        {
            output.WriteLine("Spark and Athena");
            output.WriteLine($"  no table over the raw files, because {(binding.Raw as RawTable.None)?.Reason ?? "nobody has said how"}");
            return;
        }

        output.WriteLine("Spark SQL (with spark.sql.session.timeZone = UTC)");
        output.WriteLine(Indented(SparkView.Of(binding, binding.Format, location)));
        output.WriteLine();
        output.WriteLine("Athena");
        output.WriteLine(Indented(AthenaTable.Of(binding, binding.Format, location)));
    }

    static string Indented(string sql) => string.Join('\n', sql.TrimEnd('\n').Split('\n').Select(line => line.Length == 0 ? "" : $"  {line}"));

    static string? SourceText(FormatBinding binding, EventColumn column)
    {
        var source = binding.Columns[column];
        return column switch
        {
            EventColumn.Service when source.Kind == ColumnSourceKind.None => binding.Service is { } rule ? $"rule {rule}" : "none; name it with --service",
            EventColumn.Caller when source.Kind == ColumnSourceKind.None => binding.Caller is { } rule ? $"rule {rule}" : "none; name it with --caller",
            EventColumn.Region when binding.Region is { } rule => source.Kind == ColumnSourceKind.None ? $"rule {rule}" : $"rule {rule}; else {Words(source.Kind)} of {binding.Fields[source.Field].Name}",
            EventColumn.Endpoint when source.Kind == ColumnSourceKind.None => binding.Columns[EventColumn.Path].Kind == ColumnSourceKind.None ? null : "the path with its ids replaced",
            EventColumn.Raw => "the line",
            EventColumn.File => "the file's name",
            EventColumn.Line => "the line's number",
            EventColumn.Attributes => null,
            _ when source.Kind == ColumnSourceKind.None => null,
            _ when source.Field < 0 => source.Text,
            _ when source.Kind == ColumnSourceKind.Field => Named(binding.Fields[source.Field]),
            _ => $"{Words(source.Kind)} of {Named(binding.Fields[source.Field])}",
        };
    }

    static string Named(FormatField field) => field.Meaning.Length == 0 ? field.Name : $"{field.Name}: {field.Meaning}";

    /// <summary><c>RequestMethod</c> as <c>request method</c>.</summary>
    static string Words(ColumnSourceKind kind) =>
        string.Concat(kind.ToString().Select((c, i) => char.IsUpper(c) ? (i > 0 ? " " : "") + char.ToLowerInvariant(c) : c.ToString()));
}
