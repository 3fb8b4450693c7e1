namespace Millrace.Generation.Story;

/// <summary>An error of a fortnight.</summary>
/// <param name="Role">How it comes and goes.</param>
/// <param name="PerDay">How many there are on a usual day of those that have any.</param>
/// <param name="Logger">The logger that tells it.</param>
/// <param name="Message">What is logged; <c>{n}</c> is a number that differs from error to error.</param>
/// <param name="Exception">The type of the exception, which no other error of the fortnight has.</param>
sealed record StoryError(StoryRole Role, int PerDay, string Logger, string Message, string Exception)
{
    /// <summary>The errors that a fortnight tells of.</summary>
    public static IReadOnlyList<StoryError> All { get; } =
    [
        new(StoryRole.New, 30, "order.VoucherController", "Voucher {n} cannot be redeemed", "com.millraceshop.order.UnknownVoucherException"),
        new(StoryRole.Back, 24, "shipping.LabelController", "Label of shipment {n} was not printed", "com.millraceshop.shipping.PrinterOfflineException"),
        new(StoryRole.Rising, 40, "payment.PaymentController", "Payment {n} was not confirmed by the bank", "java.net.SocketTimeoutException"),
        new(StoryRole.Noise, 150, "web.GatewayController", "Request {n} was closed by its client", "org.apache.catalina.connector.ClientAbortException"),
        new(StoryRole.Noise, 90, "inventory.StockController", "Stock of item {n} was changed by someone else", "org.springframework.dao.OptimisticLockingFailureException"),
        new(StoryRole.Noise, 60, "user.SessionController", "Session {n} has ended", "com.millraceshop.user.SessionExpiredException"),
        new(StoryRole.Noise, 45, "order.OrderController", "Deadlock while order {n} was stored", "org.springframework.dao.DeadlockLoserDataAccessException"),
        new(StoryRole.Noise, 40, "catalog.SearchController", "Search {n} took too long", "java.util.concurrent.TimeoutException"),
        new(StoryRole.Noise, 30, "recommendation.ModelController", "Model {n} gave no answer", "java.lang.IllegalStateException"),
        new(StoryRole.Noise, 24, "audit.SegmentController", "Segment {n} has a wrong checksum", "java.util.zip.DataFormatException"),
        new(StoryRole.Noise, 20, "user.AddressController", "Address {n} has no street", "java.lang.NullPointerException"),
        new(StoryRole.Noise, 16, "notification.MailController", "Mail {n} was refused", "jakarta.mail.SendFailedException"),
    ];
}
