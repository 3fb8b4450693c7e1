using System.Text;
using Millrace.Sources;

namespace Millrace.Tests.Sources;

public sealed class DestinationTests : IDisposable
{
    readonly TemporaryFolder _folder = new();
    readonly MemoryObjectStore _store = new MemoryObjectStore().CreateBucket("b");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_file_appears_whole_when_it_is_committed()
    {
        var target = Path.Join(_folder.Path, "new/folder/out.csv");

        await using (var destination = Destination.Create(target, null))
        {
            await destination.Stream.WriteAsync("a,b\n"u8.ToArray());
            destination.Stream.Write("1,2\n"u8);
            Assert.False(File.Exists(target));
            await destination.CommitAsync(default);
            Assert.Equal("a,b\n1,2\n", File.ReadAllText(target));
        }

        Assert.Equal([target], Directory.GetFileSystemEntries(Path.GetDirectoryName(target)!));
    }

    [Fact]
    public async Task What_was_there_stays_until_the_commit_and_without_one()
    {
        var target = _folder.Write("out.csv", "old");

        await using (var destination = Destination.Create(target, null))
        {
            destination.Stream.Write(new byte[1_000_000]);
        }

        Assert.Equal("old", File.ReadAllText(target));
        Assert.Equal([target], Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public async Task A_link_stays_a_link()
    {
        var target = _folder.Write("real.csv", "old");
        var link = Path.Join(_folder.Path, "link.csv");
        File.CreateSymbolicLink(link, target);

        await WriteAsync(link, "new");

        Assert.Equal("new", File.ReadAllText(target));
        Assert.Equal(target, new FileInfo(link).LinkTarget);
    }

    [Fact]
    public async Task An_object_is_put_when_it_is_committed()
    {
        await WriteAsync("s3://b/reports/out.csv", "a,b\n");

        Assert.Equal("a,b\n", Encoding.UTF8.GetString(await _store.GetRangeAsync("b", "reports/out.csv", 0, 100, default)));
    }

    [Fact]
    public async Task A_put_that_fails_leaves_nothing()
    {
        _store.BeforeRequest = (_, _, _) => throw new UserException("Access is denied.");
        var before = TemporaryFiles();

        await Assert.ThrowsAsync<UserException>(() => WriteAsync("s3://b/out.csv", "x"));

        Assert.Equal(before, TemporaryFiles());
    }

    [Fact]
    public async Task A_full_disk_is_told()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "There is no /dev/full here.");

        var mistake = await Assert.ThrowsAsync<UserException>(() => WriteAsync("/dev/full", "x"));

        Assert.Equal("Cannot write '/dev/full': No space left on device.", mistake.Message);
        Assert.True(File.Exists("/dev/full"));
    }

    [Fact]
    public void A_place_that_cannot_be_written_is_told()
    {
        var file = _folder.Write("file");

        Assert.Equal($"Cannot write '{_folder.Path}': it is a directory; name a file in it.", Mistake(_folder.Path));
        Assert.StartsWith($"Cannot write '{file}/x': ", Mistake($"{file}/x"));
        Assert.Equal("Cannot write 's3://b/x/': it is a prefix; name an object below it.", Mistake("s3://b/x/"));
    }

    static string[] TemporaryFiles() => Directory.GetFiles(Path.GetTempPath(), "millrace-*.tmp");

    string Mistake(string target) => Assert.Throws<UserException>(() => Destination.Create(target, _store)).Message;

    async Task WriteAsync(string target, string text)
    {
        await using var destination = Destination.Create(target, _store);
        destination.Stream.Write(Encoding.UTF8.GetBytes(text));
        await destination.CommitAsync(default);
    }
}
