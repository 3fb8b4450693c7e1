using System.Text.Json;
using Millrace.Letters;

namespace Millrace.Tests.Letters;

public sealed class MailSettingsTests
{
    [Fact]
    public void What_is_not_said_is_usual()
    {
        var settings = Parse("""{"from": "r@example.com", "smtp": {"host": "mail.example.com"}}""");

        Assert.Equal(new SmtpServer("mail.example.com", 587, SmtpTls.StartTls), settings.Server);
        Assert.Equal("/etc/logs/millrace-outbox.db", settings.Outbox);
    }

    [Fact]
    public void SES_takes_the_place_of_a_server()
    {
        var settings = Parse("""{"from": "r@example.com", "ses": {"region": "eu-central-1", "endpoint": "http://127.0.0.1:8005", "configurationSet": "reports"}}""", _ => "secret");

        Assert.Null(settings.Server);
        Assert.Equal(new SesSettings("eu-central-1", new Uri("http://127.0.0.1:8005"), "reports"), settings.Ses);
        Assert.Equal(new SesSettings(null, null, null), Parse("""{"from": "r@example.com", "ses": {}}""").Ses);
    }

    [Theory]
    [InlineData("""{"smtp": {"host": "m"}}""", "'mail' has no 'from'.")]
    [InlineData("""{"from": "r@example.com"}""", "'mail' has neither 'smtp' nor 'ses'.")]
    [InlineData("""{"from": "r@example.com", "smtp": 1}""", "'mail.smtp' is not an object.")]
    [InlineData("""{"from": "r@example.com", "smtp": {"host": "m"}, "ses": {}}""", "'mail' has both 'smtp' and 'ses'. Leave one of them out: mails leave by one way.")]
    [InlineData("""{"from": "r@example.com", "ses": {"key": "x"}}""", "'mail.ses' has no setting 'key'. Expected region, endpoint or configurationSet.")]
    [InlineData("""{"from": "r@example.com", "ses": {"region": "evil.test/"}}""", "'region' in 'mail.ses' is 'evil.test/'. Expected the name of a region, such as eu-central-1.")]
    [InlineData("""{"from": "r@example.com", "ses": {"endpoint": "here"}}""", "'endpoint' in 'mail.ses' is 'here'. Expected a URL")]
    [InlineData("""{"from": "r@example.com", "smtp": {}}""", "'mail.smtp' has no 'host'.")]
    [InlineData("""{"from": "r@example.com", "smtp": {"host": "m", "password": "x"}}""", "'mail.smtp' has no setting 'password'. Expected host, port or tls.")]
    [InlineData("""{"from": "r@example.com", "smtp": {"host": "m", "tls": "maybe"}}""", "'tls' in 'mail.smtp' is 'maybe'. Expected starttls, tls or none.")]
    [InlineData("""{"from": "r@example.com", "smtp": {"host": "m", "port": 0}}""", "'port' in 'mail.smtp' is not a port.")]
    [InlineData("""{"from": "r@example.com", "smtp": {"host": "m"}, "dashboard": "javascript:alert(1)"}""", "Expected a URL that begins with http:// or https://.")]
    public void What_cannot_be_is_told(string json, string sentence) => Assert.Contains(sentence, Assert.Throws<UserException>(() => Parse(json)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_password_does_not_travel_in_the_clear()
    {
        const string Json = """{"from": "r@example.com", "smtp": {"host": "HOST", "tls": "none"}}""";

        var error = Assert.Throws<UserException>(() => Parse(Json, _ => "secret"));

        Assert.Contains("would travel to HOST:25 in the clear", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
        Assert.NotNull(Parse(Json.Replace("HOST", "127.0.0.1", StringComparison.Ordinal), _ => "secret").Server!.Credential);
    }

    [Fact]
    public void A_user_without_a_password_is_told() => Assert.Contains(
        "only one is set",
        Assert.Throws<UserException>(() => Parse("""{"from": "r@example.com", "smtp": {"host": "m"}}""", name => name == MailSettings.UserVariable ? "u" : null)).Message,
        StringComparison.Ordinal);

    static MailSettings Parse(string json, Func<string, string?>? environment = null)
    {
        using var document = JsonDocument.Parse(json);
        return MailSettings.Parse(document.RootElement, "/etc/logs/millrace.json", environment ?? (_ => null));
    }
}
