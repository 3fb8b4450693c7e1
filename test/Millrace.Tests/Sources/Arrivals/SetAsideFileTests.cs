using Millrace.Sources.Arrivals;

namespace Millrace.Tests.Sources.Arrivals;

public sealed class SetAsideFileTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_is_set_aside_is_a_line_each()
    {
        var path = Path.Join(_folder.Path, "new/set-aside.ndjson");
        var file = new SetAsideFile(path, new SetClock(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero)));

        await file.AddAsync("the queue", "It is no JSON.", "a\n\"b", default);
        await file.AddAsync("the queue", "It is no JSON.", "c", default);

        Assert.Equal(
            """
            {"time":"2026-11-22T12:00:00+00:00","from":"the queue","reason":"It is no JSON.","content":"a\n\u0022b"}
            {"time":"2026-11-22T12:00:00+00:00","from":"the queue","reason":"It is no JSON.","content":"c"}

            """,
            File.ReadAllText(path));
    }

    [Fact]
    public async Task A_file_that_cannot_be_written_is_told()
    {
        var file = new SetAsideFile(_folder.Path, TimeProvider.System);

        var failure = await Assert.ThrowsAsync<UserException>(() => file.AddAsync("a", "b", "c", default));

        Assert.Equal($"Cannot write '{_folder.Path}': permission denied.", failure.Message);
    }
}
