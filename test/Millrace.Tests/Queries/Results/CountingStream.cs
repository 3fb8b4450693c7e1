namespace Millrace.Tests.Queries.Results;

/// <summary>Keeps what is written and how long each write was.</summary>
sealed class CountingStream : MemoryStream
{
    public List<int> Writes { get; } = [];

    public string Text => System.Text.Encoding.UTF8.GetString(ToArray());

    // The other overload comes here too.
    public override void Write(byte[] buffer, int offset, int count)
    {
        Writes.Add(count);
        base.Write(buffer, offset, count);
    }
}
