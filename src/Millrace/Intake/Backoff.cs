namespace Millrace.Intake;

/// <summary>
/// Pauses between attempts: each twice as long as the one before, with some chance in it so that many do not try at once, and an end to it all.
/// </summary>
sealed class Backoff(IntakeOptions options, TimeProvider clock)
{
    int _failures;
    long? _since;

    /// <summary>True from a failure to the next success.</summary>
    public bool IsFailing => _since is not null;

    /// <summary>Notes that it works.</summary>
    public void Reset() => (_failures, _since) = (0, null);

    /// <summary>Waits before the next attempt; rethrows as a <see cref="UserException"/> what has failed for too long.</summary>
    public async Task PauseAsync(UserException failure, CancellationToken cancellationToken)
    {
        _since ??= clock.GetTimestamp();
        if (clock.GetElapsedTime(_since.Value) > options.GiveUpAfter)
        {
            throw new UserException($"Given up after {options.GiveUpAfter.TotalMinutes:0} minutes without success: {failure.Message}", cause: failure);
        }

        var pause = options.FirstPause * Math.Pow(2, Math.Min(_failures++, 20));
        var chance = 0.5 + (Random.Shared.NextDouble() / 2);
        await Task.Delay((pause < options.LongestPause ? pause : options.LongestPause) * chance, clock, cancellationToken).ConfigureAwait(false);
    }
}
