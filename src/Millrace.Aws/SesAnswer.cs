using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Millrace.Letters;

namespace Millrace.Aws;

/// <summary>What SES answered, in words: without account or credential.</summary>
/// <param name="Status">The status.</param>
/// <param name="Kind">The kind of failure, such as <c>MessageRejected</c>; empty where none is named.</param>
/// <param name="Text">What it says of it; of a letter that was taken, the number that SES gave it.</param>
sealed partial record SesAnswer(HttpStatusCode Status, string Kind, string Text)
{
    /// <summary>Reads an answer, of SES or of whatever stands in its way.</summary>
    public static SesAnswer Parse(HttpResponseMessage response, string body)
    {
        var kind = response.Headers.TryGetValues("x-amzn-ErrorType", out var kinds) ? kinds.First() : "";
        try
        {
            using var document = JsonDocument.Parse(body);
            var answer = document.RootElement;
            return new SesAnswer(response.StatusCode, Name(kind.Length > 0 ? kind : Member(answer, "__type", "code", "type")), Member(answer, "MessageId", "message", "Message"));
        }
        catch (JsonException)
        {
            return new SesAnswer(response.StatusCode, Name(kind), "");
        }
    }

    /// <summary>What became of a letter for the one whom it was sent to.</summary>
    public Delivery ToDelivery(string recipient, SesSettings settings)
    {
        var region = settings.Region ?? AwsSettings.Region;
        return this switch
        {
            { Status: HttpStatusCode.OK } => new Delivery(recipient, DeliveryState.Sent, VisibleText.Of(Text)),
            _ when IsThrottled => Failed($"SES takes no more at this time ({Named}). The sending rate or the daily quota of the account is used up.", mayPass: true),
            { Status: >= HttpStatusCode.InternalServerError } => Failed($"SES is not able to answer now ({Named}).", mayPass: true),
            _ when IsDenied => Failed($"SES in {region} denied access ({Named}): the credentials in use need ses:SendEmail and ses:SendRawEmail, and the clock of this machine must be right."),
            { Kind: "NotFoundException" } when settings.ConfigurationSet is { } set => Failed($"SES in {region} does not know the configuration set '{set}'. Check 'configurationSet' in the settings."),
            { Kind: "SendingPausedException" or "AccountSuspendedException" } => Failed($"SES does not send for this account in {region} now ({Named})."),
            { Status: HttpStatusCode.NotFound } or { Status: < HttpStatusCode.BadRequest } => Failed($"What answered for SES is not SES ({Named}). Check 'endpoint' in the settings."),
            _ => new Delivery(recipient, DeliveryState.Refused, $"{Named}{(Text.Length > 0 ? $": {VisibleText.Sentence(ResourceName().Replace(Text, "(a resource of the account)"))}" : ".")}"),
        };

        Delivery Failed(string detail, bool mayPass = false) => new(recipient, DeliveryState.Failed, detail) { MayPass = mayPass };
    }

    bool IsThrottled => Status == HttpStatusCode.TooManyRequests || Kind is "TooManyRequestsException" or "LimitExceededException" || Kind.StartsWith("Throttl", StringComparison.Ordinal);

    bool IsDenied => Status is HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized
        || Kind is "AccessDeniedException" or "UnrecognizedClientException" or "InvalidClientTokenId" or "InvalidSignatureException" or "SignatureDoesNotMatch" or "ExpiredTokenException" or "IncompleteSignature" or "MissingAuthenticationTokenException";

    string Named => Kind.Length > 0 ? VisibleText.Of(Kind) : string.Create(CultureInfo.InvariantCulture, $"status {(int)Status}");

    /// <summary>The name alone, of <c>NAME:URL</c> or <c>NAMESPACE#NAME</c>.</summary>
    static string Name(string kind) => kind.Split(':')[0].Split('#')[^1];

    static string Member(JsonElement answer, params string[] names) => answer.ValueKind != JsonValueKind.Object ? ""
        : names.Select(name => answer.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "").FirstOrDefault(text => text.Length > 0, "");

    // Names of resources hold the number of the account.
    [GeneratedRegex("arn:\\S+")]
    private static partial Regex ResourceName();
}
