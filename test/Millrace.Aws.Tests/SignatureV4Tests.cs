using System.Net.Http.Headers;
using System.Text;
using Amazon.Runtime;

namespace Millrace.Aws.Tests;

public sealed class SignatureV4Tests
{
    static readonly ImmutableCredentials Example = new("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", null);
    static readonly DateTimeOffset Time = new(2015, 8, 30, 12, 36, 0, TimeSpan.Zero);

    /// <summary>The worked example of the description of Signature Version 4: a request to IAM, with its hash and its signature.</summary>
    [Fact]
    public void The_worked_example_gives_its_figures()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://iam.amazonaws.com/?Version=2010-05-08&Action=ListUsers") { Content = new ByteArrayContent([]) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse("application/x-www-form-urlencoded; charset=utf-8");

        new SignatureV4(Example, "us-east-1", "iam").Sign(request, [], Time);

        Assert.Equal(
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request, SignedHeaders=content-type;host;x-amz-date, Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7",
            request.Headers.Authorization!.ToString());
        Assert.Equal("20150830T123600Z", Assert.Single(request.Headers.GetValues("X-Amz-Date")));
    }

    [Fact]
    public void Credentials_of_a_role_sign_their_token_and_a_port_is_part_of_the_host()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "http://127.0.0.1:8005/v2/email/outbound-emails") { Content = new ByteArrayContent("{}"u8.ToArray()) };

        new SignatureV4(new ImmutableCredentials("A", "B", "token"), "eu-central-1", "ses").Sign(request, "{}"u8, Time);

        Assert.Contains("SignedHeaders=host;x-amz-date;x-amz-security-token,", request.Headers.Authorization!.ToString(), StringComparison.Ordinal);
        Assert.Equal("token", Assert.Single(request.Headers.GetValues("X-Amz-Security-Token")));
        Assert.Contains("host:127.0.0.1:8005\n", SignatureV4.Canonical(request, SignatureV4.Headers(request), "", "{}"u8), StringComparison.Ordinal);
    }

    [Fact]
    public void Another_body_has_another_signature() => Assert.NotEqual(Signed("a"), Signed("b"));

    static string Signed(string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "https://email.eu-central-1.amazonaws.com/");
        new SignatureV4(Example, "eu-central-1", "ses").Sign(request, Encoding.UTF8.GetBytes(body), Time);
        return request.Headers.Authorization!.ToString();
    }
}
