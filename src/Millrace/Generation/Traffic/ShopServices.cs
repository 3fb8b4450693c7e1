namespace Millrace.Generation.Traffic;

/// <summary>The services of a shop: the default system. No call leads back to the service that it comes from.</summary>
static class ShopServices
{
    static readonly DependencyPlan Audit = new("audit-service POST /audit", Matters: false);

    public static IReadOnlyList<string> Names { get; } =
    [
        "web-gateway", "order-service", "user-service", "payment-service", "inventory-service", "shipping-service", "audit-service",
    ];

    public static IReadOnlyList<EndpointPlan> Endpoints { get; } =
    [
        .. Gateway(), .. Orders(), .. Users(), .. Payments(), .. Inventory(), .. Shipping(), .. Auditing(),
    ];

    static IEnumerable<EndpointPlan> Gateway() =>
    [
        new("web-gateway GET /", 6, 0.4, 18_200, "Home page served") { People = 18 },
        new("web-gateway GET /products", 9, 0.4, 24_300, "Product list served")
        {
            People = 18, Calls = [new("inventory-service GET /inventory")],
        },
        new("web-gateway GET /products/{id}", 7, 0.5, 15_800, "Product {id} served")
        {
            People = 20, Calls = [new("inventory-service GET /inventory/{id}")],
        },
        new("web-gateway GET /search", 12, 0.5, 21_900, "Search answered with {n} hits")
        {
            People = 8, Calls = [new("inventory-service GET /inventory/search")],
        },
        new("web-gateway GET /cart", 5, 0.4, 6_100, "Cart with {digit} items served")
        {
            People = 9, Calls = [new("user-service GET /users/{id}")],
        },
        new("web-gateway POST /cart/items", 6, 0.4, 240, "Item added to the cart")
        {
            People = 6, Calls = [new("inventory-service GET /inventory/{id}")],
        },
        new("web-gateway POST /login", 8, 0.3, 410, "Login accepted") { People = 4, Trouble = 0.5, Calls = [new("user-service POST /sessions")] },
        new("web-gateway GET /account/orders", 8, 0.4, 9_700, "Order history served")
        {
            People = 4, Calls = [new("user-service GET /users/{id}"), new("order-service GET /users/{id}/orders")],
        },
        new("web-gateway POST /orders", 11, 0.4, 640, "Order {id} accepted") { People = 3, Calls = [new("order-service POST /orders")] },
        new("web-gateway GET /orders/{id}", 6, 0.4, 3_200, "Order {id} served") { People = 6, Calls = [new("order-service GET /orders/{id}")] },
        new("web-gateway GET /orders/{id}/tracking", 6, 0.4, 1_900, "Tracking of order {id} served")
        {
            People = 3, Calls = [new("shipping-service GET /shipments/{uuid}")],
        },
        new("web-gateway GET /reports/daily", 30, 0.4, 64_000, "Daily report served")
        {
            People = 0.2, Calls = [new("order-service GET /reports/daily")],
        },
    ];

    static IEnumerable<EndpointPlan> Orders() =>
    [
        new("order-service POST /orders", 24, 0.5, 590, "Order {id} created")
        {
            Trouble = 2,
            Calls =
            [
                new("user-service GET /users/{id}"), new("inventory-service POST /inventory/{id}/reservations"),
                new("payment-service POST /payments"), new("shipping-service POST /shipments", 0.95), Audit,
            ],
        },
        new("order-service GET /orders/{id}", 9, 0.6, 2_700, "Order {id} loaded") { Calls = [new("shipping-service GET /shipments/{uuid}", 0.6)] },
        new("order-service GET /users/{id}/orders", 38, 0.8, 8_900, "Orders of user {id} loaded"),
        new("order-service GET /reports/daily", 1_900, 0.5, 61_000, "Daily report built from {n} orders") { Trouble = 4 },
    ];

    static IEnumerable<EndpointPlan> Users() =>
    [
        new("user-service GET /users/{id}", 4, 0.5, 820, "User {id} loaded") { Trouble = 0.5 },
        new("user-service GET /users/{id}/risk", 35, 0.6, 120, "Risk of user {id} is {digit}"),
        new("user-service POST /sessions", 85, 0.25, 310, "Session {hex} opened") { Calls = [Audit with { Share = 0.9 }] },
    ];

    static IEnumerable<EndpointPlan> Payments() =>
    [
        new("payment-service POST /payments", 210, 0.7, 450, "Payment {uuid} authorised")
        {
            Trouble = 3, Calls = [new("user-service GET /users/{id}/risk", 0.3), Audit],
        },
    ];

    static IEnumerable<EndpointPlan> Inventory() =>
    [
        new("inventory-service GET /inventory", 14, 0.5, 19_600, "{n} items listed"),
        new("inventory-service GET /inventory/{id}", 3, 0.5, 700, "Item {id} loaded") { Trouble = 0.5 },
        new("inventory-service GET /inventory/search", 160, 0.9, 17_400, "Search found {n} items") { Trouble = 2 },
        new("inventory-service POST /inventory/{id}/reservations", 12, 0.6, 190, "Item {id} reserved")
        {
            Trouble = 2, Calls = [Audit with { Share = 0.3 }],
        },
    ];

    static IEnumerable<EndpointPlan> Shipping() =>
    [
        new("shipping-service POST /shipments", 46, 0.6, 510, "Shipment {uuid} scheduled")
        {
            Trouble = 3, Calls = [new("inventory-service GET /inventory/{id}"), Audit with { Share = 0.5 }],
        },
        new("shipping-service GET /shipments/{uuid}", 16, 0.7, 1_300, "Shipment {uuid} loaded"),
    ];

    static IEnumerable<EndpointPlan> Auditing() =>
    [
        new("audit-service POST /audit", 2, 0.4, 36, "Audit record {hex} stored") { Trouble = 0.3 },
    ];
}
