namespace Millrace.Aws;

/// <summary>A message that was received, until all that it tells of is done.</summary>
/// <param name="handle">By what the queue knows this receipt of it.</param>
/// <param name="objects">How many objects it tells of.</param>
sealed class MessageInWork(string handle, int objects)
{
    int _left = objects;
    int _isGivenUp;

    public string Handle => handle;

    /// <summary>Notes that one of the objects is done; true where it was the last and none was given up.</summary>
    public bool TryFinishOne() => Interlocked.Decrement(ref _left) == 0 && Volatile.Read(ref _isGivenUp) == 0;

    /// <summary>Notes that one of the objects cannot be read, so that the message must be received again; false where that is known.</summary>
    public bool TryGiveUp() => Interlocked.Exchange(ref _isGivenUp, 1) == 0;
}
