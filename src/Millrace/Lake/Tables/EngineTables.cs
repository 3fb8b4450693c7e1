using System.Text;

namespace Millrace.Lake.Tables;

/// <summary>The statements that give another engine a table of the lake's events, and one of each report's files.</summary>
public abstract class EngineTables
{
    /// <summary>Every engine.</summary>
    public static IReadOnlyList<EngineTables> All { get; } = [new AthenaTables(), new GlueTables(), new SparkTables(), new ClickHouseTables(), new DuckDbTables()];

    /// <summary>The engine's name on the command line.</summary>
    public abstract string Name { get; }

    /// <summary>True where the engine reads files of S3 alone.</summary>
    public virtual bool ReadsBucketsOnly => false;

    /// <summary>Finds an engine by its name.</summary>
    public static EngineTables Find(string name) => All.FirstOrDefault(engine => engine.Name == name)
        ?? throw new UserException($"There is no engine '{name}' to write tables for. Expected {string.Join(", ", All.SkipLast(1).Select(engine => engine.Name))} or {All[^1].Name}.", UserException.Usage);

    /// <summary>The statements for the table of events and for those of reports.</summary>
    /// <param name="lake">The lake: an absolute path or <c>s3://bucket/prefix</c>.</param>
    /// <param name="reports">What reports are written.</param>
    public string Write(string lake, IReadOnlyList<ReportFiles> reports)
    {
        var text = new StringBuilder();
        text.Append(Events($"{lake.TrimEnd('/')}/{LakeTable.Folder}/")).Append('\n');
        foreach (var report in reports)
        {
            text.Append('\n').Append(Report(report)).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>The statement for the events.</summary>
    /// <param name="location">The folder of the Delta table, with a slash at its end.</param>
    protected abstract string Events(string location);

    /// <summary>The statement for a report's files.</summary>
    protected abstract string Report(ReportFiles files);
}
