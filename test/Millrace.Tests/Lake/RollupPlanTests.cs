using Millrace.Lake.Rollups;

namespace Millrace.Tests.Lake;

public sealed class RollupPlanTests
{
    [Fact]
    public void The_parts_of_a_range_are_the_range_without_gap_or_overlap()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        for (var i = 0; i < 2_000; i++)
        {
            var since = new DateTimeOffset(2026, 11, 20, 0, 0, 0, TimeSpan.Zero).AddMicroseconds(random.NextInt64(3L * 86_400_000_000));
            var until = since.AddMicroseconds(random.NextInt64(random.Next(2) == 0 ? 100_000_000 : 4L * 86_400_000_000));
            var grains = new[] { RollupGrain.Day, RollupGrain.Hour, RollupGrain.Minute }.Where(_ => random.Next(4) > 0).ToArray();

            var plan = RollupPlan.Of(since, until, grains);

            var parts = plan.Grains.Select(part => (part.From, To: part.To.AddMicroseconds(-1))).Concat(plan.Rest.Select(rest => (From: rest.Since, To: rest.Until))).OrderBy(part => part.From).ToList();
            Assert.True(parts[0].From == since && parts[^1].To == until, $"seed {seed}: {since:O} to {until:O}");
            Assert.All(parts.Zip(parts.Skip(1)), pair => Assert.Equal(pair.First.To.AddMicroseconds(1), pair.Second.From));
            Assert.All(plan.Grains, part => Assert.True(part.Grain.Floor(part.From) == part.From && part.Grain.Floor(part.To) == part.To));
        }
    }
}
