using System.Text;
using Millrace.Errors.Templates;

namespace Millrace.Tests.Errors.Templates;

public sealed class TemplateMinerTests
{
    static string Folder => Path.Join(Conventions.SourceTree.Root, "test/Millrace.Tests/Errors/Templates/Cases");

    public static TheoryData<string> Cases => [.. Directory.GetFiles(Folder, "*.case").Select(path => Path.GetFileNameWithoutExtension(path)!).Order()];

    /// <summary>A case has messages, a line of dashes, and their templates in the order of their first message.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void Messages_have_the_templates_of_the_case(string name)
    {
        var lines = File.ReadAllLines(Path.Join(Folder, name + ".case"));
        var end = Array.IndexOf(lines, "----");
        var miner = new TemplateMiner();

        var shapes = lines[..end].Select(line => miner.Add(Encoding.UTF8.GetBytes(line))).ToList();

        Assert.Equal(lines[(end + 1)..], shapes.Select(shape => miner.GroupOf(shape).Template).Distinct());
    }

    [Fact]
    public void Groups_do_not_depend_on_the_order_of_messages()
    {
        var random = new Random(3);
        var messages = Enumerable.Range(0, 3_000).Select(i => Some(random)).ToArray();

        var expected = Show(Mine(messages));
        random.Shuffle(messages);

        Assert.Equal(expected, Show(Mine(messages)), ignoreLineEndingDifferences: true);
    }

    [Fact]
    public void A_saved_miner_goes_on_as_if_it_had_not_stopped()
    {
        var random = new Random(4);
        var messages = Enumerable.Range(0, 2_000).Select(_ => Some(random)).ToArray();

        var first = Mine(messages[..1_000]);
        var saved = new StringWriter();
        first.Save(saved);
        var second = TemplateMiner.Load(new StringReader(saved.ToString()), "state");
        Array.ForEach(messages[1_000..], message => second.Add(Encoding.UTF8.GetBytes(message)));

        Assert.Equal(Show(Mine(messages)), Show(second));
    }

    [Fact]
    public void A_group_keeps_its_id_when_its_template_becomes_more_general()
    {
        var miner = new TemplateMiner();
        var shape = miner.Add("user alice logged in"u8);
        var before = miner.GroupOf(shape);
        var saved = new StringWriter();
        miner.Save(saved);
        miner = TemplateMiner.Load(new StringReader(saved.ToString()), "state");

        foreach (var name in new[] { "bob", "carol", "dave", "erin", "frank" })
        {
            miner.Add(Encoding.UTF8.GetBytes($"user {name} logged in"));
        }

        Assert.Equal("user alice logged in", before.Template);
        Assert.Equal((before.Id, "user <*> logged in", 6L), (miner.GroupOf(0).Id, miner.GroupOf(0).Template, miner.GroupOf(0).Count));
    }

    [Fact]
    public void Memory_is_bounded_whatever_the_messages()
    {
        var miner = new TemplateMiner();
        var random = new Random(5);
        for (var i = 0; i < 60_000; i++)
        {
            miner.Add(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 5).Select(_ => $"{(char)('a' + random.Next(26))}{(char)('g' + random.Next(20))}{(char)('g' + random.Next(20))} "))));
        }

        Assert.InRange(miner.Count, TemplateMiner.MostShapes, TemplateMiner.MostShapes + TemplateMiner.MostFirstWords + 1);
        Assert.Equal(60_000, miner.Groups().Sum(group => group.Count));
    }

    [Fact]
    public void Long_messages_are_kept_up_to_a_number_of_words()
    {
        var miner = new TemplateMiner();
        for (var i = 0; i < 4_000; i++)
        {
            miner.Add(Encoding.ASCII.GetBytes($"begin {string.Join(' ', Enumerable.Range(0, 159).Select(word => Letters(i + word)))}"));
        }

        Assert.Equal((TemplateMiner.MostWords / 160) + 1, miner.Count);
        Assert.Equal(4_000, miner.Groups().Sum(group => group.Count));
    }

    [Fact]
    public void A_message_beyond_the_bounds_stays_in_its_group_when_more_first_words_come_and_after_saving()
    {
        var miner = new TemplateMiner();
        for (var i = 0; i < TemplateMiner.MostShapes + (2 * TemplateMiner.MostFirstWords); i++)
        {
            miner.Add(Encoding.ASCII.GetBytes($"{Letters(i)} was {Letters(i)}"));
        }

        var early = $"{Letters(TemplateMiner.MostShapes + 5)} is something else";
        var late = $"{Letters(TemplateMiner.MostShapes + TemplateMiner.MostFirstWords + 5)} is something else";
        var loaded = Reloaded(miner);

        Assert.Equal($"{Letters(TemplateMiner.MostShapes + 5)} <*>", TextOf(miner, early));
        Assert.Equal("<*>", TextOf(miner, late));
        Assert.Equal(miner.Add(Encoding.ASCII.GetBytes(early)), loaded.Add(Encoding.ASCII.GetBytes(early)));
        Assert.Equal(miner.Count, loaded.Count);

        static string TextOf(TemplateMiner miner, string message)
        {
            miner.Add(Encoding.ASCII.GetBytes(message));
            var saved = new StringWriter();
            miner.Save(saved);
            return saved.ToString().Split('\n')[1 + miner.Add(Encoding.ASCII.GetBytes(message))].Split('\t')[3];
        }
    }

    [Theory]
    [InlineData("already a template: <*> of <*>, key=<*>")]
    [InlineData("caf\u00e9 and \ud83d\ude00 in a message")]
    [InlineData("")]
    public void A_message_is_known_again_after_saving(string message)
    {
        var miner = Mine([message]);

        var loaded = Reloaded(miner);
        loaded.Add(Encoding.UTF8.GetBytes(message));

        Assert.Equal((1, 2L), (loaded.Count, Assert.Single(loaded.Groups()).Count));
    }

    [Fact]
    public void Bytes_that_are_no_text_are_known_again_after_saving()
    {
        byte[] cut = [.. Enumerable.Repeat((byte)'x', MessageShape.LongestMessage - 1), .. "\u00e9 and more"u8];
        byte[][] messages = [[0xff, 0xfe, (byte)' ', (byte)'a'], [(byte)'b', 0xc3], cut];
        var miner = new TemplateMiner();
        Array.ForEach(messages, message => miner.Add(message));

        var loaded = Reloaded(miner);
        Array.ForEach(messages, message => loaded.Add(message));

        Assert.Equal(messages.Length, loaded.Count);
    }

    [Fact]
    public void No_bytes_break_it()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        var miner = new TemplateMiner();
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = new byte[random.Next(random.Next(10) == 0 ? 6_000 : 60)];
            random.NextBytes(bytes);
            for (var b = 0; b < bytes.Length; b++)
            {
                bytes[b] = random.Next(3) == 0 ? (byte)" \"'/=:@.0[](<\n"[random.Next(14)] : bytes[b];
            }

            miner.Add(bytes);
        }

        Assert.True(miner.Groups().Sum(group => group.Count) == 20_000, $"seed {seed}");
    }

    [Fact]
    public void What_is_no_state_is_told() => Assert.Equal(
        "'x' does not hold templates of this version of Millrace. Remove it, or name another file.",
        Assert.Throws<UserException>(() => TemplateMiner.Load(new StringReader("hello"), "x")).Message);

    /// <summary>A word of letters alone, another for each number, of which none looks like what varies.</summary>
    static string Letters(int number) => string.Create(6, number, static (word, left) =>
    {
        for (var i = 0; i < word.Length; i++, left /= 19)
        {
            word[i] = (char)('g' + (left % 19));
        }
    });

    static TemplateMiner Reloaded(TemplateMiner miner)
    {
        var saved = new StringWriter();
        miner.Save(saved);
        return TemplateMiner.Load(new StringReader(saved.ToString()), "state");
    }

    static string Some(Random random) => random.Next(4) switch
    {
        0 => $"user u{random.Next(50)} logged in from 10.0.{random.Next(9)}.{random.Next(9)}",
        1 => $"cannot {new[] { "open", "read", "write", "close", "move", "link" }[random.Next(6)]} file /var/{random.Next(9)}/x",
        2 => $"cache {new[] { "hit", "miss" }[random.Next(2)]} for key=k{random.Next(100)}",
        _ => $"took {random.Next(1000)} ms",
    };

    static TemplateMiner Mine(IEnumerable<string> messages)
    {
        var miner = new TemplateMiner();
        foreach (var message in messages)
        {
            miner.Add(Encoding.UTF8.GetBytes(message));
        }

        return miner;
    }

    static string Show(TemplateMiner miner) => string.Join('\n', miner.Groups().Select(group => $"{group.Count} {group.Template}").Order(StringComparer.Ordinal));
}
