namespace Millrace.Cli;

/// <summary>The last line of the terminal, which says how far the work is and is written over; whatever else is said stands above it. May be used from any thread.</summary>
/// <param name="writer">The terminal, or what stands for it.</param>
sealed class StatusLine(TextWriter writer)
{
    const string Clearing = "\r\u001b[K";

    readonly Lock _lock = new();
    bool _isShown;

    /// <summary>Shows a text in place of the one before.</summary>
    public void Show(string text)
    {
        lock (_lock)
        {
            _isShown = true;
            writer.Write(Clearing + text);
        }
    }

    /// <summary>Takes the text away, if there is one.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            ClearUnsynchronized();
        }
    }

    /// <summary>Tells a person something that stays.</summary>
    public void Say(string sentence)
    {
        lock (_lock)
        {
            ClearUnsynchronized();
            writer.WriteLine($"millrace: {sentence}");
        }
    }

    void ClearUnsynchronized()
    {
        if (_isShown)
        {
            writer.Write(Clearing);
        }

        _isShown = false;
    }
}
