using Millrace.Generation.Traffic;

namespace Millrace.Generation.Lines;

/// <summary>The exceptions of failures with the frames that they were thrown through.</summary>
static class StackTraces
{
    static readonly string[] Frames =
    [
        "com.millraceshop.common.Transactions.run(Transactions.java:88)",
        "com.millraceshop.common.RequestHandler.handle(RequestHandler.java:141)",
        "jdk.internal.reflect.DirectMethodHandleAccessor.invoke(DirectMethodHandleAccessor.java:103)",
        "org.springframework.web.servlet.FrameworkServlet.service(FrameworkServlet.java:885)",
        "org.apache.catalina.core.ApplicationFilterChain.doFilter(ApplicationFilterChain.java:116)",
        "org.apache.tomcat.util.threads.ThreadPoolExecutor.runWorker(ThreadPoolExecutor.java:1190)",
        "java.base/java.lang.Thread.run(Thread.java:1583)",
    ];

    /// <summary>A failure's exception, with a text between the lines and one before each frame; its quotes escaped as JSON wants them, or bare.</summary>
    /// <param name="failure">The failure.</param>
    /// <param name="newLine">What parts the lines.</param>
    /// <param name="indent">What stands before each frame.</param>
    /// <param name="escapeQuotes">True to escape quotes.</param>
    /// <param name="thrower">The frame that it was thrown in, before those that all have; null for none.</param>
    public static string Of(Failure failure, string newLine, string indent, bool escapeQuotes, string? thrower = null)
    {
        var exception = escapeQuotes ? failure.Exception : failure.Exception.Replace("\\\"", "\"", StringComparison.Ordinal);
        return string.Join(newLine, (thrower is null ? Frames : Frames.Prepend(thrower)).Select(frame => $"{indent}at {frame}").Prepend(exception));
    }
}
