using System.Security.Cryptography;
using System.Text;

namespace Millrace.Cli.Tests;

public sealed class S3Tests(S3Server server) : IClassFixture<S3Server>
{
    [Fact]
    public async Task A_report_over_objects_is_that_over_the_same_files()
    {
        await PutAsync("shop/2026/11/22/a.json", await File.ReadAllBytesAsync(Some.ShopLog));

        foreach (var report in new[] { "traffic", "status", "endpoints" })
        {
            var here = await Executable.RunAsync($"report {report} {Some.ShopLog} {Some.AsOf}");
            var there = await RunAsync($"report {report} s3://logs/shop/ {Some.AsOf}");

            Assert.Equal(here.Quietly(), there.Quietly());
        }
    }

    [Fact]
    public async Task Objects_are_found_by_globs_and_left_out_by_their_dates()
    {
        await PutAsync("many/2026/11/20/a.gz", Some.Gzip("must not be read"u8));
        await PutAsync("many/2026/11/22/a.gz", Some.Gzip(Encoding.UTF8.GetBytes(Some.CombinedLines(1000))));
        await PutAsync("many/2026/11/22/b.log", Encoding.UTF8.GetBytes(Some.CombinedLines(1000)));

        var counted = await RunAsync("sql --since 2026-11-22 --verbose", "SELECT count(*) AS n, min(file) AS file FROM logs('s3://logs/many/**/*.gz')");

        Assert.Equal("{\"n\":1000,\"file\":\"s3://logs/many/2026/11/22/a.gz\"}\n", counted.Done());
        Assert.Contains("1 file(s) left out by the date in their names, such as s3://logs/many/2026/11/20/a.gz.", counted.Told);
    }

    [Fact]
    public async Task Results_and_rejects_go_to_objects()
    {
        await PutAsync("in/a.log", Encoding.UTF8.GetBytes(Some.CombinedLines(9) + "no log\n"));

        (await RunAsync("sql --out s3://logs/out/r.csv --rejects s3://logs/out/rejects.ndjson", "SELECT count(*) AS n FROM logs('s3://logs/in/a.log')")).Done();

        Assert.Equal("n\n9\n", await GetAsync("out/r.csv"));
        Assert.Contains("\"file\":\"s3://logs/in/a.log\",\"line\":10,", await GetAsync("out/rejects.ndjson"));
    }

    [Fact]
    public async Task A_report_into_a_prefix_gets_a_key_for_its_range()
    {
        (await RunAsync($"report status {Some.ShopLog} {Some.AsOf} --out s3://logs/reports/ --output csv")).Quietly();

        Assert.StartsWith("status,requests,", await GetAsync("reports/status/date=2026-11-22/20261121T120000Z_20261122T120000Z.csv"));
    }

    [Fact]
    public async Task Generated_logs_go_to_objects_and_are_read_from_there()
    {
        (await RunAsync("generate --kind json --count 1000 --files 2 --gzip --out s3://logs/generated/")).Done();

        Assert.Equal("{\"n\":1000,\"files\":2}\n", (await RunAsync("sql", "SELECT count(*) AS n, count(DISTINCT file) AS files FROM logs('s3://logs/generated/')")).Quietly());
    }

    [Fact]
    public async Task A_wrong_bucket_and_a_wrong_key_are_told()
    {
        await PutAsync("there/a.log", Encoding.UTF8.GetBytes(Some.CombinedLines(1)));

        Assert.Equal("There is no bucket 'nothing'; check its name and --s3-endpoint.", (await RunAsync("report status s3://nothing/x")).Failed());
        Assert.Equal("No object in the bucket 'logs' has a key that begins with 'nowhere/'.", (await RunAsync("report status s3://logs/nowhere/")).Failed());
    }

    [Fact]
    public async Task No_credentials_are_told_with_what_gives_some()
    {
        using var home = new TemporaryFolder();

        var told = await Executable.RunAsync(new Invocation("report", "status", "s3://logs/x") { Environment = new Dictionary<string, string> { ["HOME"] = home.Path } });

        Assert.Equal(
            "No AWS credentials were found. Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, name a profile in AWS_PROFILE (after 'aws configure' or 'aws sso login'), run with an IAM role, or ask for anonymous access to a public bucket.",
            told.Failed());
    }

    [Theory]
    [InlineData("AssumeRole")]
    [InlineData("AssumeRoleWithWebIdentity")]
    public async Task Credentials_of_a_role_are_asked_of_STS(string action)
    {
        await PutAsync($"{action}/a.log", Encoding.UTF8.GetBytes(Some.CombinedLines(3)));
        using var sts = new StsStandIn("S3RVER", "S3RVER");
        using var home = new TemporaryFolder();
        var environment = new Dictionary<string, string> { ["AWS_ENDPOINT_URL_S3"] = server.Endpoint!, ["AWS_ENDPOINT_URL_STS"] = sts.Endpoint };
        if (action == "AssumeRole")
        {
            environment["AWS_CONFIG_FILE"] = home.Write("config", "[default]\nrole_arn = arn:aws:iam::123456789012:role/reader\nsource_profile = own\n[profile own]\naws_access_key_id = AKIAOWN\naws_secret_access_key = own\n");
            environment["AWS_SHARED_CREDENTIALS_FILE"] = home.Write("credentials", "");
        }
        else
        {
            environment["AWS_ROLE_ARN"] = "arn:aws:iam::123456789012:role/reader";
            environment["AWS_WEB_IDENTITY_TOKEN_FILE"] = home.Write("token", "a token");
        }

        var counted = await Executable.RunAsync(new Invocation("sql", $"SELECT count(*) AS n FROM logs('s3://logs/{action}/')") { Environment = environment });

        Assert.Equal("{\"n\":3}\n", counted.Quietly());
        Assert.All(sts.Asked, asked => Assert.Contains($"Action={action}&", asked));
        Assert.NotEmpty(sts.Asked);
    }

    [Theory]
    [InlineData("2099-01-01T00:00:00Z", "a token", true)]
    [InlineData("2020-01-01T00:00:00Z", "a token", false)]
    [InlineData("2099-01-01T00:00:00Z", "a token that was revoked", false)]
    public async Task Credentials_of_who_has_signed_in_are_asked_of_the_portal(string expiresAt, string token, bool isValid)
    {
        await PutAsync("signed-in/a.log", Encoding.UTF8.GetBytes(Some.CombinedLines(3)));
        using var portal = new SsoStandIn("S3RVER", "S3RVER", "a token");
        using var home = new TemporaryFolder();
        var session = Convert.ToHexStringLower(SHA1.HashData("work"u8));
        home.Write($".aws/sso/cache/{session}.json", $$"""{"startUrl":"https://work.awsapps.com/start","region":"eu-west-1","accessToken":"{{token}}","expiresAt":"{{expiresAt}}"}""");
        var environment = new Dictionary<string, string>
        {
            ["HOME"] = home.Path,
            ["AWS_CONFIG_FILE"] = home.Write("config", "[default]\nsso_session = work\nsso_account_id = 123456789012\nsso_role_name = reader\n[sso-session work]\nsso_region = eu-west-1\nsso_start_url = https://work.awsapps.com/start\n"),
            ["AWS_SHARED_CREDENTIALS_FILE"] = home.Write("credentials", ""),
            ["AWS_ENDPOINT_URL_S3"] = server.Endpoint!,
            ["AWS_ENDPOINT_URL_SSO"] = portal.Endpoint,
        };

        var counted = await Executable.RunAsync(new Invocation("sql", "SELECT count(*) AS n FROM logs('s3://logs/signed-in/')") { Environment = environment });

        if (!isValid)
        {
            Assert.Equal("There is no valid sign-in for the AWS account 123456789012 and the role reader. Sign in with 'aws sso login' and run again.", counted.Failed());
            return;
        }

        Assert.Equal("{\"n\":3}\n", counted.Quietly());
        Assert.All(portal.Asked, asked => Assert.Equal("a token", asked.Token));
        Assert.Contains(portal.Asked, asked => asked.Address.Contains("role_name=reader", StringComparison.Ordinal) && asked.Address.Contains("account_id=123456789012", StringComparison.Ordinal));
    }

    Task<Outcome> RunAsync(string words, params string[] more)
    {
        Assert.SkipWhen(server.Endpoint is null, "s3rver is not installed; run 'npm ci' in test/stand-ins.");
        return Executable.RunAsync(new Invocation([.. words.Split(' '), .. more])
        {
            Environment = new Dictionary<string, string> { ["AWS_ENDPOINT_URL"] = server.Endpoint, ["AWS_ACCESS_KEY_ID"] = "S3RVER", ["AWS_SECRET_ACCESS_KEY"] = "S3RVER" },
        });
    }

    Task PutAsync(string key, byte[] bytes) => server.Open().PutAsync("logs", key, new MemoryStream(bytes), default);

    async Task<string> GetAsync(string key) => Encoding.UTF8.GetString((await server.Open().GetRangeAsync("logs", key, 0, 1 << 20, default)).ToArray());
}
