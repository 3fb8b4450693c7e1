using System.Globalization;
using Millrace.Cli.Output;

namespace Millrace.Cli.Tests;

public sealed class TableLayoutTests
{
    static readonly TableColumn[] Columns = [new("id", false), new("name", false), new("count", true), new("traceId", false), new("text", false)];

    [Fact]
    public void Ids_stand_last_and_numbers_to_the_right()
    {
        var table = new TableLayout(Columns, [["1", "a", "7", "t", "日本"], ["2", "bc", "123456", null, "x"]], width: null);

        Assert.Equal(
            """
            name   count  text  id  traceId
            ────  ──────  ────  ──  ───────
            a          7  日本  1   t
            bc    123456  x     2
            """.Split('\n'),
            table.Lines());
    }

    [Fact]
    public void The_widest_texts_are_cut_first()
    {
        TableColumn[] columns = [new("name", false), new("text", false), new("n", true)];

        var table = new TableLayout(columns, [["a name of twenty one", new string('x', 40), "1234567"]], width: 50);

        Assert.Equal($"a name of twenty one  {new string('x', 18)}…  1234567", table.Lines().Last());
        Assert.Empty(table.NotFitting);
    }

    [Fact]
    public void Columns_without_a_value_are_left_out_and_named()
    {
        var table = new TableLayout(Columns, [["1", null, "7", null, "x"]], width: null);

        Assert.Equal("count  text  id", table.Lines().First());
        Assert.Equal(["name", "traceId"], table.Empty);
    }

    [Fact]
    public void Where_no_column_has_a_value_all_are_shown()
    {
        var table = new TableLayout(Columns[..3], [[null, null, null]], width: null);

        Assert.Equal(["name  count  id", "────  ─────  ──", ""], table.Lines());
        Assert.Empty(table.Empty);
    }

    [Fact]
    public void What_does_not_fit_is_left_out_from_the_end_and_named()
    {
        string?[] row = ["0123456789abcdef", "a name that is long", "123456789", "t", "a text that is long"];

        Assert.Equal(["traceId"], new TableLayout(Columns, [row], width: 55).NotFitting);
        Assert.Equal(["text", "id", "traceId"], new TableLayout(Columns, [row], width: 30).NotFitting);
        Assert.Equal(["count", "text", "id", "traceId"], new TableLayout(Columns, [row], width: 1).NotFitting);
    }

    [Fact]
    public void Any_table_fits_shows_its_numbers_whole_and_names_what_it_leaves_out()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        for (var i = 0; i < 500; i++)
        {
            TableColumn[] columns = [.. Enumerable.Range(0, random.Next(1, 9)).Select(number => Column(random, number))];
            string?[][] rows = [.. Enumerable.Range(0, random.Next(6)).Select(_ => columns.Select(column => Cell(random, column.IsNumber)).ToArray())];
            var width = random.Next(20, 120);

            var table = new TableLayout(columns, rows, width);
            string[] lines = [.. table.Lines()];

            Assert.All(lines, line => Assert.True(TerminalText.Width(line) <= width, $"Seed {seed}, width {width}: '{line}'"));
            Assert.Equal(rows.Length + 2, lines.Length);
            var rest = columns.Select(column => column.Name).Except(table.NotFitting).Except(table.Empty);
            string[] shown = [.. rest.OrderBy(name => name.EndsWith("Id", StringComparison.Ordinal))];
            Assert.True(shown.Length == lines[1].Split("  ").Length, $"Seed {seed}, width {width}: {string.Join(", ", shown)} in '{lines[1]}'");
            foreach (var (row, line) in rows.Zip(lines.Skip(2)))
            {
                Assert.All(columns.Zip(row).Where(cell => cell.First.IsNumber && cell.Second is not null && shown.Contains(cell.First.Name)), cell =>
                    Assert.True(line.Split(' ').Contains(cell.Second), $"Seed {seed}, width {width}: {cell.Second} in '{line}'"));
            }
        }
    }

    static TableColumn Column(Random random, int number) =>
        new($"c{number}{new string('n', random.Next(25))}{(random.Next(4) == 0 ? "Id" : "")}", random.Next(2) == 0);

    static string? Cell(Random random, bool isNumber) => random.Next(5) == 0 ? null
        : isNumber ? random.NextInt64(-999_999_999, 999_999_999).ToString(CultureInfo.InvariantCulture)
        : string.Concat(Enumerable.Range(0, random.Next(40)).Select(_ => random.Next(4) switch { 0 => "日", 1 => "🙂", 2 => "e\u0301", _ => "a" }));
}
