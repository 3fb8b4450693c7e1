using Microsoft.Data.Sqlite;
using Millrace.Errors.Store;

namespace Millrace.Tests.Errors.Store;

public sealed class SqliteErrorStoreTests : ErrorStoreTests, IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("millrace-errors-").FullName;

    string File => Path.Join(_folder, "errors.db");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task What_fails_half_way_leaves_nothing()
    {
        await using var store = await OpenAsync();
        var extract = SomeExtract("a");

        await Assert.ThrowsAsync<UserException>(() => store.AddAsync(extract with { Cells = [.. extract.Cells, extract.Cells[0]] }, default));

        Assert.Empty(await ReadAsync(store));
        Assert.False(await store.HoldsAsync(extract.Source, default));
        Assert.True(await store.AddAsync(extract, default));
    }

    /// <summary>Stores of before did not know when a kind was first seen.</summary>
    [Fact]
    public async Task A_store_of_an_earlier_version_is_brought_up()
    {
        await using (var store = await OpenAsync())
        {
            await store.AddAsync(SomeExtract("a"), default);
        }

        using (var connection = new SqliteConnection($"Data Source={File};Pooling=false"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "ALTER TABLE kinds DROP COLUMN first; PRAGMA user_version = 1";
            command.ExecuteNonQuery();
        }

        await using var again = await OpenAsync();
        Assert.Equal(SomeExtract("a").Cells.Select(cell => DateTimeOffset.UnixEpoch.AddHours(cell.Hour)).Order(), (await again.ReadKindsAsync(default)).Select(kind => kind.FirstSeen!.Value).Order());
        Assert.False(await again.AddAsync(SomeExtract("a"), default));
    }

    [Fact]
    public void What_is_no_store_is_told()
    {
        var text = Path.Join(_folder, "text.db");
        System.IO.File.WriteAllText(text, new string('x', 5000));
        var other = Path.Join(_folder, "other.db");
        using (var connection = new SqliteConnection($"Data Source={other};Pooling=false"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "CREATE TABLE t (a)";
            command.ExecuteNonQuery();
        }

        Assert.Equal($"'{text}' is no error store: it is not a SQLite database.", Assert.Throws<UserException>(() => SqliteErrorStore.Open(text, creates: true)).Message);
        Assert.Equal($"'{other}' is a database of something else than errors, or of another version of Millrace. Name another file.", Assert.Throws<UserException>(() => SqliteErrorStore.Open(other, creates: true)).Message);
        Assert.Equal($"The error store '{_folder}/none/errors.db' cannot be made: there is no folder '{_folder}/none'. Make it first.", Assert.Throws<UserException>(() => SqliteErrorStore.Open($"{_folder}/none/errors.db", creates: true)).Message);
        Assert.Equal($"There is no error store '{File}'. 'millrace errors extract SOURCE… --store {File}' makes one.", Assert.Throws<UserException>(() => SqliteErrorStore.Open(File, creates: false)).Message);
    }

    [Fact]
    public async Task Damage_is_told()
    {
        await using var store = await OpenAsync();
        await store.AddAsync(SomeExtract("a"), default);
        using var connection = new SqliteConnection($"Data Source={File};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "UPDATE cells SET details = 'x'; DELETE FROM kinds";
        command.ExecuteNonQuery();

        Assert.Contains("is damaged", (await Assert.ThrowsAsync<UserException>(() => ReadAsync(store))).Message, StringComparison.Ordinal);
    }

    protected override Task<IErrorStore> OpenAsync() => Task.FromResult<IErrorStore>(SqliteErrorStore.Open(File, creates: true));
}
