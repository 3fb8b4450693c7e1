using System.Text.Json;

namespace Millrace.Sources.Arrivals;

/// <summary>A local file of what was set aside: NDJSON with <c>time</c>, <c>from</c>, <c>reason</c> and <c>content</c>.</summary>
/// <param name="path">The file; made when it is first needed.</param>
/// <param name="clock">Stamps the lines.</param>
public sealed class SetAsideFile(string path, TimeProvider clock) : ISetAside
{
    /// <inheritdoc/>
    public async Task AddAsync(string from, string reason, string content, CancellationToken cancellationToken)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            var file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read);
            await using (file.ConfigureAwait(false))
            {
                await file.WriteAsync(ToLine(from, reason, content), cancellationToken).ConfigureAwait(false);
                file.Flush(flushToDisk: true);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserException($"Cannot write '{path}': {FileErrors.Reason(e)}.", cause: e);
        }
    }

    byte[] ToLine(string from, string reason, string content)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteString("time", clock.GetUtcNow());
            json.WriteString("from", from);
            json.WriteString("reason", reason);
            json.WriteString("content", content);
            json.WriteEndObject();
        }

        bytes.WriteByte((byte)'\n');
        return bytes.ToArray();
    }
}
