using Millrace.Queries;
using Millrace.Queries.Conditions;

namespace Millrace.Tests.Queries.Conditions;

/// <summary>Conditions by the files in <c>Cases/</c>, and against each other: what C# says of the bytes of a value is what DuckDB says of it.</summary>
public sealed class ConditionTests : IDisposable
{
    readonly QuerySession _session = new(Some.Options());

    public void Dispose() => _session.Dispose();

    public static TheoryData<string> Cases => [.. ConditionCase.Blocks("conditions.case")];

    public static TheoryData<string> Mistakes => [.. ConditionCase.Blocks("mistakes.case")];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_condition_is_met_as_the_case_says(string block)
    {
        var lines = block.Split('\n');
        var condition = Condition.Parse(lines[0]);
        string?[] values = [.. lines[1..].Select(line => line[2..]).Select(value => value switch { ConditionCase.Nothing => null, "\"\"" => "", _ => value })];

        var inSql = ConditionCase.MeetsInSql(_session, [condition], values)[0];

        Assert.Equal(lines[0], condition.ToString());
        Assert.Equal(block, Show(lines[0], values, values.Select(value => ConditionCase.Meets(condition, value))));
        Assert.Equal(block, Show(lines[0], values, inSql));
    }

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_is_pointed_at(string message)
    {
        var failure = Assert.Throws<UserException>(() => Condition.Parse(message.Split('\n')[1][2..]));

        Assert.Equal(message, failure.Message);
        Assert.Equal(UserException.Usage, failure.ExitCode);
    }

    [Fact]
    public void Several_conditions_are_all_to_be_met()
    {
        Assert.Null(Condition.AllOf([]));
        Assert.Equal("\"status\" >= 500", Condition.AllOf([Condition.Parse("status>=500")]));
        Assert.Equal(
            "\"status\" >= 500 AND NOT ((contains(CAST(\"path\" AS VARCHAR), 'a') OR contains(CAST(\"path\" AS VARCHAR), 'b')))",
            Condition.AllOf([Condition.Parse("status>=500"), Condition.Parse("path!~a,b")]));
    }

    [Fact]
    public void A_character_that_no_text_has_is_a_mistake() => Assert.Equal(
        "A condition cannot have the character U+0000.\n  user=a b\n        ^",
        Assert.Throws<UserException>(() => Condition.Parse("user=a\0b")).Message);

    [Fact]
    public void Bytes_and_sql_agree_on_every_value()
    {
        var seed = Random.Shared.Next();
        var random = new SomeCondition(seed);
        var (met, all) = (0, 0);
        foreach (var column in SomeCondition.Columns)
        {
            string?[] values = [.. Enumerable.Range(0, 80).Select(_ => random.Value(column))];
            Condition[] conditions = [.. Enumerable.Range(0, 60).Select(_ => Condition.Parse(random.Text(column)))];

            var inSql = ConditionCase.MeetsInSql(_session, conditions, values);

            for (var i = 0; i < conditions.Length; i++)
            {
                for (var j = 0; j < values.Length; j++)
                {
                    var inBytes = ConditionCase.Meets(conditions[i], values[j]);
                    var what = $"{conditions[i]} of '{values[j] ?? ConditionCase.Nothing}'";
                    Assert.True(inBytes == inSql[i][j], $"seed {seed}: {what} is {inSql[i][j]} in SQL: {conditions[i].Sql()}");
                    met += inSql[i][j] ? 1 : 0;
                    all++;
                }
            }
        }

        Assert.InRange(met, all / 20, all * 19 / 20);
    }

    [Fact]
    public void Whatever_is_written_is_read_or_pointed_at()
    {
        var seed = Random.Shared.Next();
        var random = new SomeCondition(seed);
        for (var i = 0; i < 20_000; i++)
        {
            var text = random.Garbled();
            try
            {
                Assert.Equal(text, Condition.Parse(text).ToString());
            }
            catch (UserException e)
            {
                var lines = e.Message.Split('\n');
                var points = lines.Length == 3 && lines[2].EndsWith('^') && lines[2].Trim().All(mark => mark == '^') && lines[2].Length <= lines[1].Length + 1;
                Assert.True(points, $"seed {seed}: '{text}' gives\n{e.Message}");
            }
        }

        var endless = Assert.Throws<UserException>(() => Condition.Parse(new string('!', 100_000)));
        Assert.StartsWith("A condition needs", endless.Message, StringComparison.Ordinal);
    }

    static string Show(string condition, IEnumerable<string?> values, IEnumerable<bool> met)
    {
        static string Of(string? value) => value switch { null => ConditionCase.Nothing, "" => "\"\"", _ => value };
        return string.Join('\n', values.Zip(met, (value, isMet) => $"{(isMet ? '+' : '-')} {Of(value)}").Prepend(condition));
    }
}
