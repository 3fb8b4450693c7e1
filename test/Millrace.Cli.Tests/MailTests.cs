using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Millrace.Cli.Tests;

public sealed class MailTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_report_is_mailed_and_the_outbox_shows_it()
    {
        await using var server = await MailServer.StartAsync();
        WriteSettings(server.Port);

        var sent = await RunAsync($"report status {Some.ShopLog} {Some.AsOf} --mail-to ops@example.com");

        Assert.Equal("", sent.Done());
        Assert.Equal("Mailed 'status: 6 rows, 2026-11-21T12:00:00Z to 2026-11-22T12:00:00Z' to ops@example.com.", sent.Told);
        var message = Assert.Single(server.Taken);
        Assert.Contains($"millrace report status {Some.ShopLog} --since 2026-11-21T12:00:00Z --until 2026-11-22T12:00:00Z", message.TextBody, StringComparison.Ordinal);
        Assert.Contains("<table", message.HtmlBody, StringComparison.Ordinal);
        var list = (await RunAsync("mail list")).Quietly();
        Assert.Contains("  report status  status: 6 rows, ", list, StringComparison.Ordinal);
        Assert.EndsWith("    sent  ops@example.com\n", list, StringComparison.Ordinal);
        Assert.Contains("\nTo: ops@example.com", (await RunAsync("mail show 1")).Quietly().ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_report_is_mailed_through_SES()
    {
        await using var server = await SesServer.StartAsync();
        _folder.Write("millrace.json", $$"""{"mail": {"from": "reports@example.com", "ses": {"region": "eu-central-1", "endpoint": "{{server.Endpoint}}"} } }""");
        var invocation = new Invocation($"report status {Some.ShopLog} {Some.AsOf} --mail-to ops@example.com".Split(' ')) { Folder = _folder.Path };

        var without = await Executable.RunAsync(invocation);
        var with = await Executable.RunAsync(invocation with { Environment = new Dictionary<string, string> { ["AWS_ACCESS_KEY_ID"] = "AKIDEXAMPLE", ["AWS_SECRET_ACCESS_KEY"] = "secret" } });

        Assert.StartsWith("The mail to ops@example.com was not sent. No AWS credentials were found.", without.Failed(), StringComparison.Ordinal);
        Assert.Equal("Mailed 'status: 6 rows, 2026-11-21T12:00:00Z to 2026-11-22T12:00:00Z' to ops@example.com.", with.Told);
        var mail = Assert.Single(await server.TakenAsync());
        Assert.Contains("<table", mail.GetProperty("body").GetProperty("html").GetString(), StringComparison.Ordinal);
        Assert.Contains("6 rows", mail.GetProperty("body").GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Contains($"    sent  ops@example.com  {mail.GetProperty("messageId").GetString()}\n", (await RunAsync("mail list")).Quietly(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mail_that_failed_is_sent_again()
    {
        var port = MailServer.FreePort();
        WriteSettings(port);

        var down = await RunAsync($"report status {Some.ShopLog} {Some.AsOf} --mail-to ops@example.com,refused@example.com");
        await using var server = await MailServer.StartAsync(port: port);
        var sent = await RunAsync("mail send --all");
        var again = await RunAsync("mail send 1");
        var refused = await RunAsync("mail send 1 --refused");
        var none = await RunAsync("mail send --all");

        Assert.Contains($"The mail to ops@example.com, refused@example.com was not sent. The mail server 127.0.0.1:{port} cannot be reached: ", down.Failed(), StringComparison.Ordinal);
        Assert.Equal("The mail to refused@example.com was refused: 550 No such mailbox. It was sent to ops@example.com. It is kept: 'millrace mail send 1' sends it again.", sent.Failed());
        Assert.Equal(new Outcome(0, "", "millrace: Mail 1 is not sent again: whoever it was not refused for has got it.\n"), again);
        Assert.StartsWith("The mail to refused@example.com was refused: 550 No such mailbox. It is kept: ", refused.Failed(), StringComparison.Ordinal);
        Assert.Equal(new Outcome(0, "", "millrace: There is no mail to send again.\n"), none);
        Assert.Equal(["ops@example.com"], server.Recipients);
    }

    [Theory]
    [InlineData("mail send", 2, "Name the mails to send again by their numbers, or all with --all. 'millrace mail list' shows which there are.")]
    [InlineData("mail send 1 --all", 2, "Name the mails to send again by their numbers, or all with --all. 'millrace mail list' shows which there are.")]
    [InlineData("mail send 7", 1, "There is no mail 7. 'millrace mail list' shows which there are.")]
    [InlineData("mail show 7", 1, "There is no mail 7. 'millrace mail list' shows which there are.")]
    public async Task A_mail_that_there_is_not_is_told(string line, int code, string expected)
    {
        WriteSettings(25);

        Assert.Equal(expected, (await RunAsync(line)).Failed(code));
    }

    /// <summary>The schedule's time comes once a year: its first run covers the year before, and what is asked for now begins where that ended.</summary>
    [Fact]
    public async Task A_schedule_covers_what_the_last_run_did_not()
    {
        await using var server = await MailServer.StartAsync();
        var now = WriteYearly(server.Port, "ops@example.com,refused@example.com");

        var list = (await RunAsync("schedule list")).Quietly();
        var first = await RunAsync("schedule run yearly");
        var again = await RunAsync("schedule run");
        var untilNow = await RunAsync("schedule run yearly --now");
        var history = (await RunAsync("schedule history yearly")).Quietly().Split('\n');

        Assert.Equal(
            $"yearly  report status  0 0 1 1 * (UTC)  to ops@example.com,refused@example.com  next {now.Year + 1}-01-01T00:00:00Z\n    due: {now.Year - 1}-01-01T00:00:00Z to {now.Year - 1}-12-31T23:59:59.999999Z\n", list);
        Assert.Contains("Nothing was mailed: status: nothing found, ", first.Told, StringComparison.Ordinal);
        Assert.Equal(new Outcome(0, "", $"millrace: 'yearly' is not due before {now.Year + 1}-01-01T00:00:00Z.\n"), again);
        Assert.Equal(1, untilNow.Code);
        Assert.Contains("The mail to refused@example.com was refused: 550 No such mailbox. It was sent to ops@example.com.", untilNow.Errors, StringComparison.Ordinal);
        Assert.Contains($"  yearly  {now.Year}-01-01T00:00:00Z to ", history[0], StringComparison.Ordinal);
        Assert.Contains("  sent  status: 1 row, ", history[0], StringComparison.Ordinal);
        Assert.Contains("  nothing  status: nothing found, ", history[1], StringComparison.Ordinal);
        Assert.Contains("  schedule yearly  status: 1 row, ", (await RunAsync("mail list")).Quietly(), StringComparison.Ordinal);
    }

    /// <summary>The mail that reached one is brought to the other by a later run; the one that reached nobody is not, whose period the next mail covers.</summary>
    [Fact]
    public async Task A_schedule_brings_its_mail_to_those_whom_it_did_not_reach()
    {
        var port = MailServer.FreePort();
        WriteYearly(port, "ops@example.com,away@example.com");
        (await RunAsync("schedule run yearly")).Done();
        var down = await RunAsync("schedule run yearly --now");
        await using (var half = await MailServer.StartAsync(port: port))
        {
            Assert.Contains("The mail to away@example.com was not sent. 450 Nobody is in. It was sent to ops@example.com.", (await RunAsync("schedule run yearly --now")).Failed(), StringComparison.Ordinal);
            Assert.Equal(["ops@example.com"], half.Recipients);
        }

        await using var server = await MailServer.StartAsync("in", port);
        LetTimePass();
        var later = await RunAsync("schedule run yearly");
        var all = await RunAsync("mail send --all");

        Assert.Contains("Nobody got it.", down.Failed(), StringComparison.Ordinal);
        Assert.Matches("^Mailed 'status: 1 row, .*' to away@example.com as well.\n'yearly' is not due before ", later.Told);
        Assert.Equal((0, "There is no mail to send again."), (all.Code, all.Told));
        Assert.Equal(["away@example.com"], server.Recipients);
    }

    [Theory]
    [InlineData("""{}""", "schedule list", "Schedules send mail, and the settings have no section 'mail'.")]
    [InlineData("""{"mail": {"from": "a@example.com", "smtp": {"host": "127.0.0.1"}}}""", "schedule run", "The settings have no section 'schedules'. 'docs/mail.md' tells how to set one up.")]
    [InlineData("""{"mail": {"from": "a@example.com", "smtp": {"host": "127.0.0.1"}}, "schedules": {}}""", "schedule run b", "There is no schedule 'b'. 'millrace schedule list' shows which there are.")]
    [InlineData(
        """{"mail": {"from": "a@example.com", "smtp": {"host": "127.0.0.1"}}, "schedules": {"b": {"report": "errrors", "cron": "0 7 * * *", "mailTo": "a@example.com"}}}""", "schedule run b", "The schedule 'b' cannot be run: ")]
    public async Task A_schedule_that_cannot_be_run_is_told(string settings, string line, string expected)
    {
        _folder.Write("millrace.json", settings);

        Assert.Contains(expected, (await RunAsync(line)).Failed(2), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_mail_server_in_the_settings_nothing_is_read() => Assert.StartsWith(
        "--mail-to needs a mail server, and the settings have no section 'mail'.",
        (await RunAsync($"report status {Some.ShopLog} --mail-to ops@example.com")).Failed(2),
        StringComparison.Ordinal);

    Task<Outcome> RunAsync(string words) => Executable.RunAsync(new Invocation(words.Split(' ')) { Folder = _folder.Path });

    void WriteSettings(int port, string more = "") =>
        _folder.Write("millrace.json", $$"""{"mail": {"from": "reports@example.com", "smtp": {"host": "127.0.0.1", "port": {{port}}, "tls": "none" } }{{more}} }""");

    /// <summary>Writes a schedule whose time comes once a year, and a log of one line, which is of now.</summary>
    DateTimeOffset WriteYearly(int port, string to)
    {
        WriteSettings(port, $$""", "schedules": { "yearly": { "report": "status", "args": ["shop.log"], "cron": "0 0 1 1 *", "mailTo": "{{to}}" } }""");
        var now = DateTimeOffset.UtcNow;
        _folder.Write("shop.log", string.Create(CultureInfo.InvariantCulture, $"203.0.113.9 - - [{now:dd/MMM/yyyy:HH:mm:ss} +0000] \"GET / HTTP/1.1\" 200 1 \"-\" \"curl/8.5\"\n"));
        return now;
    }

    /// <summary>Makes what was tried a quarter of an hour older.</summary>
    void LetTimePass()
    {
        using var connection = new SqliteConnection($"Data Source={Path.Join(_folder.Path, "millrace-outbox.db")};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "UPDATE deliveries SET changed_micros = changed_micros - 15 * 60 * 1000000";
        command.ExecuteNonQuery();
    }
}
