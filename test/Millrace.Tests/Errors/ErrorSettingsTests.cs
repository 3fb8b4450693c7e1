using System.Text.Json;
using Millrace.Errors;

namespace Millrace.Tests.Errors;

public sealed class ErrorSettingsTests
{
    [Fact]
    public void What_is_said_is_read()
    {
        var settings = Parse("""{"store": "errors.db", "clientErrors": true, "keep": "12w", "rules": [{"group": "x", "mute": true}]}""");

        Assert.Equal(("errors.db", true, 84), (settings.Store, settings.CountsClientErrors, settings.DaysKept));
        Assert.True(settings.Rules.Find("x")!.IsMuted);
    }

    [Fact]
    public void What_is_not_said_is_usual() => Assert.Equal((null, false, false), (Parse("{}").Store, Parse("{}").CountsClientErrors, Parse("""{"clientErrors": false}""").CountsClientErrors));

    [Theory]
    [InlineData("[]", "f: 'errors' is not an object.")]
    [InlineData("""{"rule": []}""", "f: 'errors' has no setting 'rule'. Expected rules, store, clientErrors or keep.")]
    [InlineData("""{"store": 1}""", "f: 'store' in 'errors' is not a text.")]
    [InlineData("""{"store": ""}""", "f: 'store' in 'errors' is not a text.")]
    [InlineData("""{"keep": 90}""", "f: 'keep' in 'errors' is not a text. Expected \"90d\".")]
    [InlineData("""{"keep": "d"}""", "'d' is no time to keep errors for ('keep' in 'errors' in f). Expected days or weeks, such as 90d or 12w.")]
    [InlineData("""{"keep": "0d"}""", "'0d' is no time to keep errors for")]
    [InlineData("""{"keep": "90"}""", "'90' is no time to keep errors for")]
    [InlineData("""{"keep": "-1w"}""", "'-1w' is no time to keep errors for")]
    [InlineData("""{"clientErrors": "yes"}""", "f: 'clientErrors' in 'errors' is neither true nor false.")]
    [InlineData("""{"rules": {}}""", "f: 'rules' in 'errors' is not an array.")]
    [InlineData("""{"rules": [{"name": "x"}]}""", "It names a group by its id")]
    [InlineData("""{"rules": [{"group": "x", "colour": "red"}]}""", "It names a group by its id")]
    [InlineData("""{"rules": [{"group": "x", "mute": 1}]}""", "'mute' of the group 'x' is neither true nor false")]
    [InlineData("""{"rules": [{"group": "x"}, {"group": "x"}]}""", "there are two rules for the group 'x'")]
    public void What_cannot_be_is_told(string json, string expected) => Assert.Contains(expected, Assert.Throws<UserException>(() => Parse(json)).Message, StringComparison.Ordinal);

    static ErrorSettings Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return ErrorSettings.Parse(document.RootElement, "f");
    }
}
