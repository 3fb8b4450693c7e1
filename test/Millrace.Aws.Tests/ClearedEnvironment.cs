namespace Millrace.Aws.Tests;

/// <summary>Takes settings out of the environment for a while.</summary>
sealed class ClearedEnvironment : IDisposable
{
    readonly Dictionary<string, string?> _before;

    public ClearedEnvironment(IEnumerable<string> names)
    {
        _before = names.ToDictionary(name => name, Environment.GetEnvironmentVariable);
        foreach (var name in _before.Keys)
        {
            Environment.SetEnvironmentVariable(name, null);
        }
    }

    public void Dispose()
    {
        foreach (var (name, value) in _before)
        {
            Environment.SetEnvironmentVariable(name, value);
        }
    }
}
