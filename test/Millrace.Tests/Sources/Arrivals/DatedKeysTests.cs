using Millrace.Sources.Arrivals;

namespace Millrace.Tests.Sources.Arrivals;

public sealed class DatedKeysTests
{
    static readonly DateTimeOffset Now = new(2026, 12, 1, 3, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("logs/2025/01/31/a.gz", "logs/2026/11/30,logs/2026/12/01,logs/2026/12/02")]
    [InlineData("logs/orders-2025-01-31.log", "logs/orders-2026-11-30,logs/orders-2026-12-01,logs/orders-2026-12-02")]
    [InlineData("logs/dt=2025-01-31/a.gz", "logs/dt=2026-11-30,logs/dt=2026-12-01,logs/dt=2026-12-02")]
    [InlineData("logs/20250131/a.gz", "logs/20261130,logs/20261201,logs/20261202")]
    [InlineData("logs/year=2025/month=01/day=31/a.gz", "logs/year=2026/month=11/day=30,logs/year=2026/month=12/day=01,logs/year=2026/month=12/day=02")]
    public void The_days_around_now_are_listed_where_the_day_stands(string key, string prefixes)
    {
        var keys = new DatedKeys();
        keys.Learn(key);

        Assert.Equal(prefixes.Split(','), keys.Recent("logs/", Now));
    }

    [Fact]
    public void Each_beginning_has_its_days()
    {
        var keys = new DatedKeys();
        keys.Learn("logs/a/2025/01/31/x");
        keys.Learn("logs/b/2025/01/31/x");

        Assert.Equal(6, keys.Recent("logs/", Now).Count);
        Assert.Equal(3, keys.Recent("logs/a/", Now).Count);
    }

    [Fact]
    public void One_key_without_a_day_makes_days_useless()
    {
        var keys = new DatedKeys();
        keys.Learn("logs/2025/01/31/x");
        keys.Learn("logs/latest.gz");

        Assert.Empty(keys.Recent("logs/", Now));
    }

    [Fact]
    public void Too_many_beginnings_make_days_useless()
    {
        var keys = new DatedKeys();
        foreach (var i in Enumerable.Range(0, 65))
        {
            keys.Learn($"logs/service{i}/2025/01/31/x");
        }

        Assert.Empty(keys.Recent("logs/", Now));
    }
}
