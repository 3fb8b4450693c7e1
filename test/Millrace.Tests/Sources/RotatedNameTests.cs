using Millrace.Sources;

namespace Millrace.Tests.Sources;

public sealed class RotatedNameTests
{
    [Theory]
    [InlineData("logs/app.log.1")]
    [InlineData("logs/app.log.12.gz")]
    [InlineData("logs/app.log.old")]
    [InlineData("logs/app.log-20261122")]
    [InlineData("logs/app.log-20261122.gz")]
    [InlineData("logs/app.log-20261122-1668124800.gz")]
    [InlineData("logs/app.log.2026-11-22")]
    [InlineData("logs/app.log.2026-11-22-10")]
    [InlineData("logs/app.log.2026-11-22_10-15")]
    [InlineData("logs/app-2026-11-22.log")]
    [InlineData("logs/app-20261122.log.gz")]
    [InlineData("logs/app.2026-11-22.3.log.zst")]
    [InlineData("logs/app-2026-11-22T10-15.log")]
    [InlineData("logs/app.log")]
    public void What_rotation_adds_is_taken_away(string path) => Assert.Equal("logs/app.log", RotatedName.StemOf(path));

    [Theory]
    [InlineData("logs/web-1.log")]
    [InlineData("2026-11-22/app.log")]
    [InlineData("logs.1/20261122")]
    [InlineData(".1")]
    [InlineData("host-7")]
    public void Other_names_stay(string path) => Assert.Equal(path, RotatedName.StemOf(path));
}
