using System.Text;
using Millrace.Parsing;
using Millrace.Parsing.Formats;
using Millrace.Queries.Scanning;

namespace Millrace.Tests.Queries.Scanning;

public sealed class ReadPartsTests
{
    readonly ReadParts _parts = new();

    [Fact]
    public void Parts_that_touch_were_not_read_before()
    {
        Assert.Empty(Add(100, 200));
        Assert.Empty(Add(300, 400));
        Assert.Empty(Add(0, 100));
        Assert.Empty(Add(200, 300));
        Assert.Empty(Add(500, 500));

        Assert.Equal([(0L, 400L)], Add(50, 450));
    }

    [Fact]
    public void What_lies_in_parts_read_before_is_told()
    {
        Add(0, 10);
        Add(20, 30);

        Assert.Equal([(0L, 10L), (20L, 30L)], Add(5, 25));
        Assert.Equal([(0L, 30L)], Add(10, 20));
    }

    [Fact]
    public void Another_file_or_way_of_reading_is_another_matter()
    {
        Add(0, 10);

        Assert.Empty(_parts.Add(File("b.log"), 0, 10));
        Assert.Empty(_parts.Add(File("a.log") with { Layout = "$status" }, 0, 10));
    }

    [Fact]
    public void Parts_are_those_of_a_bitmap()
    {
        var random = new Random(20261122);
        var read = new bool[200];
        for (var round = 0; round < 2000; round++)
        {
            if (round % 40 == 0)
            {
                read = new bool[200];
            }

            var start = random.Next(180);
            var end = start + random.Next(20);
            var before = _parts.Add(File($"{round / 40}.log"), start, end);

            Assert.All(Enumerable.Range(start, end - start), at => Assert.Equal(read[at], before.Any(part => at >= part.Start && at < part.End)));
            read.AsSpan(start..end).Fill(true);
        }
    }

    IReadOnlyList<(long Start, long End)> Add(long start, long end) => _parts.Add(File("a.log"), start, end);

    static PlannedFile File(string name) => new(new MemoryFile(name, Encoding.UTF8.GetBytes("a\n")), TextFormat.Format.Bind(new FormatInput { Head = default, AsOf = DateTimeOffset.UnixEpoch, TimeZone = TimeZoneInfo.Utc })!);
}
