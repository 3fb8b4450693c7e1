namespace Millrace;

/// <summary>
/// A mistake or a circumstance that the person at the keyboard can do something about: a flag, a path, a query, credentials.
/// Shown as one message without a stack; everything else that is thrown is a bug.
/// </summary>
/// <param name="message">What was met, where, what was expected, and what to do next.</param>
/// <param name="exitCode">1 when the work failed, 2 when the command was not usable as written.</param>
/// <param name="cause">What the runtime threw, for <c>--verbose</c>.</param>
public sealed class UserException(string message, int exitCode = UserException.Failed, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>The work could not be done.</summary>
    public const int Failed = 1;

    /// <summary>The command line could not be understood.</summary>
    public const int Usage = 2;

    /// <summary>The process exit code: 1 or 2.</summary>
    public int ExitCode { get; } = exitCode;
}
