using Millrace.Lake;
using Millrace.Lake.Ingestion;
using Millrace.Queries;
using Millrace.Sources;
using Millrace.Tests.Queries;

namespace Millrace.Tests.Lake;

/// <summary>A lake in a folder of its own, with logs beside it.</summary>
sealed class TemporaryLake : IDisposable
{
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("millrace-lake-");

    public TemporaryLake() => Table = Open();

    public LakeTable Table { get; }

    public string Path => System.IO.Path.Join(_folder.FullName, "lake");

    public static QueryOptions Options => Some.Options() with { Threads = 2 };

    /// <summary>Another door to the same lake, as another process has it.</summary>
    public LakeTable Open() => new(new DirectoryStorage(Path), TimeProvider.System);

    public string Log(string name, string text)
    {
        var path = System.IO.Path.Join(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }

    public Task<IngestResult> IngestAsync(params string[] logs) => IngestAsync(Table, new IngestOptions { Query = Options }, logs);

    public static Task<IngestResult> IngestAsync(LakeTable table, IngestOptions options, params string[] logs) =>
        new LakeIngest(table, options).RunAsync([.. logs.Select(log => new LocalFile(log))], CancellationToken.None);

    /// <summary>Rows of a query over <c>events</c>.</summary>
    public async Task<List<string>> RowsAsync(string sql, LakeSnapshot? snapshot = null)
    {
        var events = await new LakeEvents(Table, snapshot ?? await Table.ReadAsync(CancellationToken.None)).InAsync(null, null, CancellationToken.None);
        using var session = new QuerySession(Options);
        using (var view = session.Execute($"CREATE TEMP VIEW events AS {events.Sql}"))
        {
            view.Drain();
        }

        return session.Rows(sql);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
