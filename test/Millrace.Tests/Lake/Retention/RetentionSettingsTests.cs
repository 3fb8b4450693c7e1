using System.Text.Json;
using Millrace.Lake.Retention;

namespace Millrace.Tests.Lake.Retention;

public sealed class RetentionSettingsTests
{
    [Fact]
    public void Rules_are_read_in_their_order()
    {
        var rules = Parse("""[{"service": "*", "afterDays": 7, "dropColumns": ["raw", "query"]}, {"service": "order-*", "afterDays": 400, "delete": true}, {"service": "*", "afterDays": 30, "moveTo": "/cold"}]""");

        Assert.Equal(["drop * 7 query,raw ", "delete order-* 400  ", "move * 30  /cold"], rules.Select(rule => $"{rule.Action} {rule.Service} {rule.AfterDays} {string.Join(',', rule.DropColumns)} {rule.MoveTo}"));
    }

    [Theory]
    [InlineData("""{}""", "m.json: 'lake.retain' is not an array of rules.")]
    [InlineData("""[7]""", "m.json: rule 1 of 'lake.retain' is not an object.")]
    [InlineData("""[{"service": "a", "afterDays": 1, "delete": true}, {"service": "a", "age": 1}]""", "m.json: rule 2 of 'lake.retain' has no setting 'age'. Expected service, afterDays, delete, dropColumns or moveTo.")]
    [InlineData("""[{"service": "a", "delete": true}]""", "m.json: rule 1 of 'lake.retain' does not say after how many whole days it holds.")]
    [InlineData("""[{"service": "a", "afterDays": -1, "delete": true}]""", "m.json: rule 1 of 'lake.retain' does not say after how many whole days it holds.")]
    [InlineData("""[{"afterDays": 1, "delete": true}]""", "m.json: rule 1 of 'lake.retain' does not say for which service it is.")]
    [InlineData("""[{"service": "a", "afterDays": 1}]""", "m.json: rule 1 of 'lake.retain' does not say one thing to do.")]
    [InlineData("""[{"service": "a", "afterDays": 1, "delete": true, "moveTo": "/cold"}]""", "m.json: rule 1 of 'lake.retain' does not say one thing to do.")]
    [InlineData("""[{"service": "a", "afterDays": 1, "delete": false}]""", "m.json: rule 1 of 'lake.retain' has a 'delete' that is not true.")]
    [InlineData("""[{"service": "a", "afterDays": 1, "dropColumns": ["status"]}]""", "m.json: rule 1 of 'lake.retain' drops 'status', which cannot be. Columns that can: client_ip, ")]
    [InlineData("""[{"service": "a", "afterDays": 1, "moveTo": "/cold"}]""", "m.json: rule 1 of 'lake.retain' moves files of single services.")]
    public void What_cannot_be_is_told(string rules, string expected)
    {
        var error = Assert.Throws<UserException>(() => Parse(rules));

        Assert.StartsWith(expected, error.Message, StringComparison.Ordinal);
        Assert.Equal(UserException.Usage, error.ExitCode);
    }

    [Fact]
    public void In_a_bucket_the_store_moves_what_lies_in_the_folders_of_days()
    {
        var json = StorageLifecycle.Json("lake/", [new RetentionRule("*", 30) { MoveTo = "GLACIER_IR" }, new RetentionRule("*", 400) { Deletes = true }]);

        Assert.Equal(
            """{"Rules":[{"ID":"millrace-lake-glacier_ir-after-30-days","Status":"Enabled","Filter":{"Prefix":"lake/events/dt="},"Transitions":[{"Days":30,"StorageClass":"GLACIER_IR"}]}]}""",
            JsonSerializer.Serialize(JsonSerializer.Deserialize<JsonElement>(json)));
        Assert.StartsWith(
            "'GLACIER' is no storage class that a lake can be read from.",
            Assert.Throws<UserException>(() => StorageLifecycle.Json("", [new RetentionRule("*", 30) { MoveTo = "GLACIER" }])).Message, StringComparison.Ordinal);
    }

    static IReadOnlyList<RetentionRule> Parse(string rules) => RetentionSettings.Parse(JsonDocument.Parse(rules).RootElement, "m.json");
}
