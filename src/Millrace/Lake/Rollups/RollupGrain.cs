namespace Millrace.Lake.Rollups;

/// <summary>The time that a row of a rollup stands for.</summary>
/// <param name="Name">As <c>DATE_TRUNC</c> and the column <c>grain</c> write it.</param>
/// <param name="Length">How long it is.</param>
sealed record RollupGrain(string Name, TimeSpan Length)
{
    public static readonly RollupGrain MetricWindow = new("window", TimeSpan.FromMinutes(5));
    public static readonly RollupGrain Minute = new("minute", TimeSpan.FromMinutes(1));
    public static readonly RollupGrain Hour = new("hour", TimeSpan.FromHours(1));
    public static readonly RollupGrain Day = new("day", TimeSpan.FromDays(1));

    /// <summary>The first start of such a time at or after an instant.</summary>
    public DateTimeOffset Ceiling(DateTimeOffset time) => Floor(time.AddTicks(Length.Ticks - 1));

    /// <summary>The last start of such a time at or before an instant.</summary>
    public DateTimeOffset Floor(DateTimeOffset time) => new(time.UtcTicks - (time.UtcTicks % Length.Ticks), TimeSpan.Zero);
}
