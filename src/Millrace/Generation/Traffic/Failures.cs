namespace Millrace.Generation.Traffic;

/// <summary>A way in which a request fails.</summary>
/// <param name="Status">The answer's status.</param>
/// <param name="Message">What is logged.</param>
/// <param name="Exception">The Java exception, type and message, escaped as JSON wants it.</param>
/// <param name="Services">The services that it happens in; empty for all.</param>
/// <param name="TimeoutMillis">How long the request waited for nothing; 0 where it did not.</param>
sealed record Failure(int Status, string Message, string Exception, string[] Services, int TimeoutMillis = 0);

/// <summary>The ways in which requests fail.</summary>
static class Failures
{
    /// <summary>The index of the failure of a caller because of a call that it made.</summary>
    public const int PassedOn = 0;

    public static IReadOnlyList<Failure> All { get; } =
    [
        new(502, "Upstream answered with an error while handling {path}", "org.springframework.web.client.HttpServerErrorException: 502 Bad Gateway", []),
        new(
            504, "Payment provider timed out after 5000 ms for payment {uuid}, attempt {digit}",
            "java.net.SocketTimeoutException: Read timed out", ["payment-service"], 5_000),
        new(504, "Request to {path} timed out after 3000 ms", "java.util.concurrent.TimeoutException: timed out after 3000 ms", [], 3_000),
        new(
            503, "Could not get a connection from the pool: active=20 idle=0 waiting={n}",
            "java.sql.SQLTransientConnectionException: HikariPool-1 - Connection is not available, request timed out after 2000ms.",
            ["order-service", "user-service", "inventory-service"], 2_000),
        new(
            500, "Deadlock found when trying to get lock for order {id}; transaction {hex} rolled back",
            "org.springframework.dao.DeadlockLoserDataAccessException: Deadlock found when trying to get lock", ["order-service"]),
        new(
            500, "Unhandled exception for request {hex}",
            "java.lang.NullPointerException: Cannot invoke \\\"Customer.address()\\\" because \\\"customer\\\" is null", []),
        new(500, "Stock of item {id} would become negative: -{digit}", "java.lang.IllegalStateException: negative stock", ["inventory-service"]),
        new(
            502, "Label service answered 503 for shipment {uuid}",
            "java.io.IOException: Server returned HTTP response code: 503", ["shipping-service"]),
        new(500, "Cannot write audit segment {n}: no space left on device", "java.io.IOException: No space left on device", ["audit-service"]),
        new(
            502, "Card {hex} declined by the provider with an unknown code {n}",
            "java.lang.IllegalArgumentException: Unknown decline code", ["payment-service"]),
    ];

    /// <summary>The failures that begin in a service.</summary>
    public static int[] Of(string service, bool timeoutsOnly) =>
    [
        .. Enumerable.Range(1, All.Count - 1)
            .Where(index => All[index].Services.Length == 0 || All[index].Services.Contains(service))
            .Where(index => !timeoutsOnly || All[index].TimeoutMillis > 0),
    ];
}
