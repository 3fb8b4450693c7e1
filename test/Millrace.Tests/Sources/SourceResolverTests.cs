using System.Text;
using Millrace.Sources;

namespace Millrace.Tests.Sources;

public sealed class SourceResolverTests : IDisposable
{
    static readonly DateTimeOffset Day = new(2026, 11, 22, 0, 0, 0, TimeSpan.Zero);

    readonly TemporaryFolder _folder = new();
    readonly MemoryObjectStore _store = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_directory_stands_for_all_files_below_it_in_order()
    {
        Write("b.log", "a/z.log", "a/b/c.gz", "d/.hidden", ".git/x", "_delta_log/0.json", "d/_metadata");

        Assert.Equal(["a/b/c.gz", "a/z.log", "b.log", "d/_metadata"], await NamesAsync(_folder.Path));
    }

    [Theory]
    [InlineData("*.log", new[] { "x.log", "y.log" })]
    [InlineData("**/*.log", new[] { "a/b/z.log", "a/z.log", "x.log", "y.log" })]
    [InlineData("**", new[] { "a/b/z.log", "a/w.gz", "a/z.log", "x.log", "y.log" })]
    [InlineData("a/**/z.log", new[] { "a/b/z.log", "a/z.log" })]
    [InlineData("{x,y}.log", new[] { "x.log", "y.log" })]
    [InlineData("[x]*", new[] { "x.log" })]
    [InlineData("a*", new[] { "a/b/z.log", "a/w.gz", "a/z.log" })]
    [InlineData("a/*/z.log", new[] { "a/b/z.log" })]
    public async Task A_glob_stands_for_what_matches(string glob, string[] expected)
    {
        Write("x.log", "y.log", ".h.log", "a/z.log", "a/w.gz", "a/b/z.log", "_delta_log/q.log");

        Assert.Equal(expected, await NamesAsync(Path.Join(_folder.Path, glob)));
    }

    [Fact]
    public async Task Only_what_is_written_in_full_is_named()
    {
        Write("a.log", "b.log");

        var byName = Assert.Single((await ResolveAsync(Local("a.log"))).Files);
        var byGlob = Assert.Single((await ResolveAsync(Local("b*"))).Files);

        Assert.True(byName.IsNamed);
        Assert.False(byGlob.IsNamed);
    }

    [Fact]
    public async Task A_file_met_twice_is_read_once_and_stays_named()
    {
        Write("a.log", "b.log");

        var files = (await ResolveAsync(_folder.Path, Local("a.log"), Local("*.log"))).Files;

        Assert.Equal([Local("a.log"), Local("b.log")], files.Select(file => file.Name));
        Assert.Equal([true, false], files.Select(file => file.IsNamed));
    }

    [Fact]
    public async Task A_link_beside_its_file_does_not_double_the_lines()
    {
        Write("app-1.log");
        File.CreateSymbolicLink(Local("a-current.log"), Local("app-1.log"));
        File.CreateSymbolicLink(Local("dangling.log"), Local("nothing"));
        Directory.CreateSymbolicLink(Local("loop"), _folder.Path);

        Assert.Equal(["app-1.log"], await NamesAsync(_folder.Path));
    }

    [Fact]
    public async Task A_link_has_the_length_of_what_it_leads_to()
    {
        _folder.Write("logs/a-file-with-some-lines.log", new string('x', 1000));
        File.CreateSymbolicLink(Local("short"), Local("logs/a-file-with-some-lines.log"));
        File.CreateSymbolicLink(Local("dangling"), Local("nothing"));

        var linked = Assert.Single((await ResolveAsync(Local("short"))).Files);
        var dangling = Assert.Single((await ResolveAsync(Local("dangling"))).Files);

        Assert.Equal(1000, linked.Length);
        Assert.Equal(1000, linked.ReadHead(2000, default).Bytes.Length);
        Assert.Equal($"Cannot open '{Local("dangling")}': there is no such file.", Assert.Throws<UserException>(() => dangling.Open(default)).Message);
    }

    [Fact]
    public async Task A_name_with_wildcards_in_it_that_exists_is_that_file()
    {
        Write("a[1].log", "a1.log");

        Assert.Equal(["a[1].log"], await NamesAsync(Local("a[1].log")));
    }

    [Fact]
    public async Task An_empty_file_and_an_empty_directory_are_no_mistakes()
    {
        _folder.Write("empty.log", "");
        Directory.CreateDirectory(Local("none"));

        var named = Assert.Single((await ResolveAsync(Local("empty.log"))).Files);
        var found = Assert.Single((await ResolveAsync(Local("*.log"))).Files);

        Assert.Empty(named.ReadHead(10, default).Bytes);
        Assert.Empty(named.ReadHead(10, default).Bytes);
        Assert.Empty(found.ReadHead(10, default).Bytes);
        Assert.Empty((await ResolveAsync(Local("none"))).Files);
    }

    [Fact]
    public async Task A_file_that_is_made_up_as_it_is_read_is_read()
    {
        Assert.SkipUnless(File.Exists("/proc/version"), "There is no /proc here.");

        var file = Assert.Single((await ResolveAsync("/proc/version")).Files);

        Assert.Contains("version", Encoding.UTF8.GetString(file.ReadHead(1000, default).Bytes));
    }

    [Fact]
    public async Task Standard_input_is_a_source()
    {
        var file = Assert.Single((await ResolveAsync("-")).Files);

        Assert.Equal("-", file.Name);
        Assert.Equal("from stdin", Encoding.UTF8.GetString(file.ReadHead(1000, default).Bytes));
    }

    [Fact]
    public async Task A_range_prunes_by_the_dates_in_names()
    {
        Write("2026/11/20/a.log", "2026/11/21/a.log", "2026/11/22/a.log", "2026/11/24/a.log", "undated.log", "svc-2026-01-01.log");

        var resolved = await Resolver().ResolveAsync([_folder.Path, Local("svc-2026-01-01.log")], Day, Day.AddHours(1), default);

        Assert.Equal(["2026/11/21/a.log", "2026/11/22/a.log", "undated.log"], resolved.Files.Select(file => Below(file.Name)));
        Assert.Equal(["2026/11/20/a.log", "2026/11/24/a.log", "svc-2026-01-01.log"], resolved.Pruned.Select(Below));
    }

    [Fact]
    public async Task A_dated_folder_that_the_user_named_prunes_nothing()
    {
        Write("backup-2020-01-01/app.log");

        var resolved = await Resolver().ResolveAsync([Local("backup-2020-01-01"), Local("backup-2020-01-01/app.log"), Local("backup-2020-01-01/*.log")], Day, null, default);

        Assert.Single(resolved.Files);
        Assert.Empty(resolved.Pruned);
    }

    [Fact]
    public async Task A_missing_file_is_told_with_what_may_be_meant()
    {
        Write("access.log");

        Assert.Equal($"No file or directory '{Local("acces.log")}'. Did you mean '{Local("access.log")}'?", await MistakeAsync(Local("acces.log")));
        Assert.Equal($"No file or directory '{Local("other")}'.", await MistakeAsync(Local("other")));
        Assert.Equal($"No file or directory '{Local("no/x.log")}': there is no directory '{Local("no")}'.", await MistakeAsync(Local("no/x.log")));
    }

    [Fact]
    public async Task A_source_that_stands_for_nothing_is_a_mistake()
    {
        _store.With("b", "logs/a.gz", [1]);

        Assert.Equal($"No file matches '{Local("*.log")}'.", await MistakeAsync(Local("*.log")));
        Assert.Equal($"No file matches '{Local("no/*.log")}'.", await MistakeAsync(Local("no/*.log")));
        Assert.Equal("No object in the bucket 'b' has a key that begins with 'x/'.", await MistakeAsync("s3://b/x/"));
        Assert.Equal("No object matches 's3://b/*.gz'. '*' stays within one folder; '**' reaches into those below.", await MistakeAsync("s3://b/*.gz"));
        Assert.Equal("There is no bucket 'c'; check its name and --s3-endpoint.", await MistakeAsync("s3://c/"));
        Assert.Equal("'s3://' names no bucket; write s3://BUCKET/PREFIX.", await MistakeAsync("s3://"));
        Assert.Equal("Standard input ('-') is given more than once; it can be read once per query.", await MistakeAsync("-", "-"));
    }

    [Fact]
    public async Task An_address_without_a_store_is_a_mistake()
    {
        var mistake = await Assert.ThrowsAsync<UserException>(() => new SourceResolver(() => Stream.Null).ResolveAsync(["s3://b/x"], null, null, default));

        Assert.Equal("'s3://b/x' cannot be read: no object store is set up.", mistake.Message);
    }

    [Theory]
    [InlineData("s3://b/logs/", new[] { "logs/2026-11-21/a.gz", "logs/2026-11-22/b.gz", "logs/c.txt" })]
    [InlineData("s3://b/logs/2026", new[] { "logs/2026-11-21/a.gz", "logs/2026-11-22/b.gz" })]
    [InlineData("s3://b/logs/*/*.gz", new[] { "logs/2026-11-21/a.gz", "logs/2026-11-22/b.gz" })]
    [InlineData("s3://b/**/*.gz", new[] { "logs/2026-11-21/a.gz", "logs/2026-11-22/b.gz" })]
    [InlineData("s3://b/logs/*.txt", new[] { "logs/c.txt" })]
    [InlineData("s3://b/logs/2026-*", new[] { "logs/2026-11-21/a.gz", "logs/2026-11-22/b.gz" })]
    [InlineData("s3://b/{other,logs}/c.txt", new[] { "logs/c.txt", "other/c.txt" })]
    [InlineData("s3://b/logs/_delta_log/", new[] { "logs/_delta_log/0.json" })]
    [InlineData("s3://b/logs/c.txt", new[] { "logs/c.txt" })]
    [InlineData("s3://b", new[] { "logs/2026-11-21/a.gz", "logs/2026-11-22/b.gz", "logs/c.txt", "logs/c.txt.1", "other/c.txt" }, "logs/c.txt.1")]
    public async Task A_prefix_or_glob_stands_for_objects(string source, string[] expected, string? alsoStored = null)
    {
        foreach (var key in new[] { "logs/2026-11-21/a.gz", "logs/2026-11-22/b.gz", "logs/c.txt", "logs/_delta_log/0.json", "logs/.x", "other/c.txt", alsoStored })
        {
            _ = key is null ? _store : _store.With("b", key, [1]);
        }

        var files = (await ResolveAsync(source)).Files;

        Assert.Equal(expected.Select(key => "s3://b/" + key), files.Select(file => file.Name));
        Assert.All(files, file => Assert.Equal(source.EndsWith("logs/c.txt", StringComparison.Ordinal), file.IsNamed));
    }

    [Fact]
    public async Task A_key_that_is_written_in_full_is_that_object_alone()
    {
        _store.With("b", "c.txt", [1]).With("b", "c.txt.1", [1]);

        Assert.Equal("s3://b/c.txt", Assert.Single((await ResolveAsync("s3://b/c.txt")).Files).Name);
    }

    [Fact]
    public async Task Objects_are_pruned_and_listed_by_the_narrowest_prefix()
    {
        _store.With("b", "logs/2026/11/21/a", [1]).With("b", "logs/2026/11/30/a", [1]);

        var resolved = await Resolver().ResolveAsync(["s3://b/logs/2026/1*/**"], null, Day, default);

        Assert.Equal(["s3://b/logs/2026/11/30/a"], resolved.Pruned);
        Assert.Equal(["logs/2026/1"], _store.Lists);
    }

    [Theory]
    [InlineData("a.log", new[] { "a.log" })]
    [InlineData("./a.log", new[] { "./a.log" })]
    [InlineData("logs", new[] { "logs/b.log", "logs/x/c.log" })]
    [InlineData("logs/*.log", new[] { "logs/b.log" })]
    [InlineData("**/*.log", new[] { "a.log", "logs/b.log", "logs/x/c.log" })]
    [InlineData("logs/../a.log", new[] { "logs/../a.log" })]
    public async Task Relative_paths_count_from_the_folder_and_keep_their_names(string source, string[] expected)
    {
        Write("a.log", "logs/b.log", "logs/x/c.log");

        var files = (await InFolder().ResolveAsync([source], null, null, default)).Files;

        Assert.Equal(expected, files.Select(file => file.Name));
        Assert.All(files, file => Assert.Equal(Path.GetFullPath(Local(file.Name)), file.Identity));
        Assert.All(files, file => Assert.Equal("a line\n"u8, file.ReadHead(100, default).Bytes));
    }

    [Fact]
    public async Task Whole_paths_and_objects_are_the_same_from_every_folder()
    {
        using var other = new TemporaryFolder();
        var whole = other.Write("whole.log");
        _store.With("b", "k.log", [1]);

        Assert.Equal([whole, "s3://b/k.log"], (await InFolder().ResolveAsync(["s3://b/k.log", whole], null, null, default)).Files.Select(file => file.Name));
    }

    [Fact]
    public async Task What_is_missing_in_the_folder_is_told_by_the_name_that_was_written()
    {
        Write("logs/access.log");
        async Task<string> MistakeAsync(string source) => (await Assert.ThrowsAsync<UserException>(() => InFolder().ResolveAsync([source], null, null, default))).Message;

        Assert.Equal("No file or directory 'logs/acces.log'. Did you mean 'logs/access.log'?", await MistakeAsync("logs/acces.log"));
        Assert.Equal("No file or directory 'none/a.log': there is no directory 'none'.", await MistakeAsync("none/a.log"));
        Assert.Equal("No file matches '*.gz'.", await MistakeAsync("*.gz"));
    }

    [Fact]
    public async Task A_file_in_the_folder_that_is_gone_is_told_by_the_name_that_was_written()
    {
        Write("a.log");
        var file = Assert.Single((await InFolder().ResolveAsync(["a.log"], null, null, default)).Files);
        File.Delete(Local("a.log"));

        Assert.Equal("Cannot open 'a.log': there is no such file.", Assert.Throws<UserException>(() => file.Open(default)).Message);
    }

    string Local(string name) => Path.Join(_folder.Path, name);

    string Below(string name) => name[(_folder.Path.Length + 1)..];

    void Write(params string[] names) => Array.ForEach(names, name => _folder.Write(name));

    SourceResolver InFolder() => new(() => Stream.Null, _store) { Folder = _folder.Path };

    SourceResolver Resolver() => new(() => new MemoryStream("from stdin"u8.ToArray()), _store);

    Task<ResolvedSources> ResolveAsync(params string[] sources) => Resolver().ResolveAsync(sources, null, null, default);

    async Task<IEnumerable<string>> NamesAsync(string source) => (await ResolveAsync(source)).Files.Select(file => Below(file.Name));

    async Task<string> MistakeAsync(params string[] sources) => (await Assert.ThrowsAsync<UserException>(() => ResolveAsync(sources))).Message;
}
