using System.Globalization;
using System.Text;
using Millrace.Queries;

namespace Millrace.Errors.Templates;

/// <summary>One event and its group.</summary>
/// <param name="File">The file it is in.</param>
/// <param name="Line">The number of its first line.</param>
/// <param name="Group">The group.</param>
public readonly record struct TemplatedEvent(string File, long Line, TemplateGroup Group);

/// <summary>
/// Mines the messages of logs in the order of files and lines. What was seen of each event is kept in a temporary file until all are read, since only then it is known which words vary.
/// </summary>
/// <param name="session">A session that keeps the order.</param>
/// <param name="miner">The miner, which may have seen other logs before.</param>
public sealed class TemplateRun(QuerySession session, TemplateMiner miner) : IDisposable
{
    readonly FileStream _seen = new(Path.GetTempFileName(), FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose);
    readonly List<string> _files = [];

    /// <summary>Files that had events, in the order of reading.</summary>
    public IReadOnlyList<string> Files => _files;

    /// <summary>Reads sources. Returns how many events there were.</summary>
    public long Read(IReadOnlyList<string> sources)
    {
        var list = string.Join(", ", sources.Select(SqlText.Literal));
        using var rows = session.Execute($"SELECT file, line, COALESCE(message, raw) FROM logs([{list}])");
        using var writer = new BinaryWriter(_seen, Encoding.UTF8, leaveOpen: true);
        var bytes = new byte[MessageShape.LongestMessage];
        long events = 0;
        while (rows.Read())
        {
            var file = rows.Columns[0].Text(rows.Row)!;
            if (_files.Count == 0 || _files[^1] != file)
            {
                _files.Add(file);
            }

            Encoding.UTF8.GetEncoder().Convert(rows.Columns[2].Text(rows.Row) ?? "", bytes, flush: true, out _, out var used, out _);
            writer.Write(_files.Count - 1);
            writer.Write(long.Parse(rows.Columns[1].Text(rows.Row)!, CultureInfo.InvariantCulture));
            writer.Write(miner.Add(bytes.AsSpan(0, used)));
            events++;
        }

        return events;
    }

    /// <summary>The events with their groups, in the order in which they were read.</summary>
    public IEnumerable<TemplatedEvent> Events()
    {
        _seen.Position = 0;
        using var reader = new BinaryReader(_seen, Encoding.UTF8, leaveOpen: true);
        while (_seen.Position < _seen.Length)
        {
            yield return new TemplatedEvent(_files[reader.ReadInt32()], reader.ReadInt64(), miner.GroupOf(reader.ReadInt32()));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _seen.Dispose();
}
