using Millrace.Events;
using Millrace.Parsing.Json;
using static Millrace.Events.EventColumn;
using static Millrace.Parsing.Json.JsonFieldSyntax;

namespace Millrace.Parsing.Formats;

/// <summary>
/// Events of AWS CloudTrail, as its user guide describes the contents of a record: files of one document, <c>{"Records":[…]}</c>, or a record a line.
/// </summary>
static class CloudTrailFormat
{
    static readonly JsonShape Shape = new(
        new("eventTime", "event_time", IsoTime, Timestamp, Meaning: "when the request was completed") { IsRequired = true },
        new("eventVersion", "event_version", Meaning: "the version of the record") { IsRequired = true },
        new("eventSource", "event_source", Column: Service, Meaning: "the service that was called: s3.amazonaws.com") { IsRequired = true },
        new("eventName", "event_name", Meaning: "the action that was called") { IsRequired = true },
        new("userIdentity.arn", "user_identity_arn", Column: Caller, Kind: ColumnSourceKind.FirstOf, Meaning: "who called") { Otherwise = "user_identity_invoked_by" },
        new("userIdentity.invokedBy", "user_identity_invoked_by", Meaning: "the service that called on someone's behalf"),
        new("userIdentity.userName", "user_identity_user_name", Column: User, Kind: ColumnSourceKind.FirstOf, Meaning: "the user's name") { Otherwise = "user_identity_principal_id" },
        new("userIdentity.principalId", "user_identity_principal_id", Meaning: "the id of whoever called"),
        new("userIdentity.type", "user_identity_type", Meaning: "IAMUser, AssumedRole, AWSService …"),
        new("userIdentity.accountId", "user_identity_account_id", Meaning: "the caller's account"),
        new("awsRegion", "aws_region", Column: Region, Meaning: "the region"),
        new("sourceIPAddress", "source_ip_address", Column: ClientIp, Meaning: "the address that the call came from, or the service that made it"),
        new("userAgent", "agent", Column: UserAgent, Meaning: "the tool that called"),
        new("errorCode", "error_code", Meaning: "the service's code of the error"),
        new("errorMessage", "error_message", Column: Message, Meaning: "what went wrong"),
        new("requestID", "request_id", Column: TraceId, Kind: ColumnSourceKind.FirstOf, Meaning: "the service's id of the request") { Otherwise = "event_id" },
        new("eventID", "event_id", Meaning: "CloudTrail's id of the event"),
        new("eventType", "event_type", Meaning: "AwsApiCall, AwsServiceEvent, AwsConsoleSignIn …"),
        new("eventCategory", "event_category", Meaning: "Management, Data, NetworkActivity or Insight"),
        new("apiVersion", "api_version", Meaning: "the version of the service's interface"),
        new("readOnly", "read_only", JsonFieldSyntax.Boolean, Meaning: "whether the call only reads"),
        new("managementEvent", "management_event", JsonFieldSyntax.Boolean, Meaning: "whether it manages resources"),
        new("recipientAccountId", "recipient_account_id", Meaning: "the account that received the event"),
        new("sharedEventID", "shared_event_id", Meaning: "the id that accounts share which the event concerns"),
        new("vpcEndpointId", "vpc_endpoint_id", Meaning: "the VPC endpoint of the call"),
        new("tlsDetails.clientProvidedHostHeader", "tls_host_header", Column: Host, Meaning: "the endpoint that was asked"),
        new("tlsDetails.tlsVersion", "tls_version", Meaning: "the TLS version"),
        new("tlsDetails.cipherSuite", "tls_cipher_suite", Meaning: "the TLS cipher"),
        new("requestParameters", "request_parameters", JsonFieldSyntax.Json, Meaning: "what was asked"),
        new("responseElements", "response_elements", JsonFieldSyntax.Json, Meaning: "what was answered"),
        new("additionalEventData", "additional_event_data", JsonFieldSyntax.Json, Meaning: "further data of the service"),
        new("resources", "resources", JsonFieldSyntax.Json, Meaning: "the resources that the event concerns"));

    static readonly ServiceRule RegionInName = ServiceRule.Parse("file:*_CloudTrail_{region}_*");

    /// <summary>The entry in the table of formats.</summary>
    public static LogFormat Format { get; } = new(
        "cloudtrail",
        "AWS CloudTrail: files with an array of Records, or a record a line",
        """{"Records":[{"eventVersion":"1.11","userIdentity":{"type":"IAMUser","principalId":"AIDAEXAMPLE","arn":"arn:aws:iam::123456789012:user/orders","accountId":"123456789012","userName":"orders"},"eventTime":"2026-11-22T10:00:00Z","eventSource":"s3.amazonaws.com","eventName":"GetObject","awsRegion":"eu-west-1","sourceIPAddress":"192.0.2.7","userAgent":"aws-cli/2.31","requestID":"E568B2907131C0C0","eventID":"8c2f5c1e-0000-4000-8000-000000000001","readOnly":true,"eventType":"AwsApiCall"}]}""",
        Bind);

    static FormatBinding Bind(FormatInput input)
    {
        var records = Shape.Bind("cloudtrail", input);
        return new()
        {
            Format = "cloudtrail",
            Fields = records.Fields,
            Columns = records.Columns,
            CreateParser = () => new JsonRecordsParser(records.CreateParser(), "Records", [], required: 0, "the line is no JSON document"),
            Region = RegionInName,
            Raw = new RawTable.None("a line holds many records"),
        };
    }
}
