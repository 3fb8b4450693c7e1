using System.Text;
using Millrace.Search;

namespace Millrace.Tests.Search;

public sealed class FieldFilterTests
{
    [Theory]
    [InlineData("status>=500", 500, true)]
    [InlineData("status>=500", 499, false)]
    [InlineData("status != 200", 200, false)]
    [InlineData("status<300", 299, true)]
    [InlineData("status~50", 1503, true)]
    public void Numbers_are_compared_as_numbers(string text, long value, bool expected) => Assert.Equal(expected, FieldFilter.Parse(text).Meets(value));

    [Theory]
    [InlineData("level>=warn", "ERROR", true)]
    [InlineData("level>=WARN", "INFO", false)]
    [InlineData("level=error", "ERROR", true)]
    [InlineData("service=orders", "orders", true)]
    [InlineData("service!=orders", "users", true)]
    [InlineData("path~/orders/", "/v1/orders/7", true)]
    [InlineData("path~/orders/", "/v1/users/7", false)]
    public void Texts_are_compared_as_texts_and_levels_by_severity(string text, string value, bool expected) =>
        Assert.Equal(expected, FieldFilter.Parse(text).Meets(Encoding.UTF8.GetBytes(value)));

    [Theory]
    [InlineData("status", "'status' is no condition.")]
    [InlineData("colour=red", "'colour=red' is no condition.")]
    [InlineData("status=many", "'status=many' compares status, which is a whole number, with 'many'.")]
    [InlineData("timestamp>2026", "'timestamp>2026' compares the timestamp. Say --since and --until for a range of time.")]
    public void What_is_no_condition_is_told(string text, string expected)
    {
        var failure = Assert.Throws<UserException>(() => FieldFilter.Parse(text));

        Assert.StartsWith(expected, failure.Message, StringComparison.Ordinal);
        Assert.Equal(UserException.Usage, failure.ExitCode);
    }
}
