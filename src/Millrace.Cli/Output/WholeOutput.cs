using Millrace.Sources;

namespace Millrace.Cli.Output;

/// <summary>Writes a result whole or not at all: to standard output, or to a file or object that appears when it is complete.</summary>
static class WholeOutput
{
    /// <summary>Writes it. Returns 0.</summary>
    public static async Task<int> WriteAsync(OutputChoice output, IObjectStore objects, Action<Stream> write, CancellationToken stop)
    {
        if (output.Path is not { } path)
        {
            using var stdout = new StandardOutput();
            write(stdout);
            return 0;
        }

        await using var destination = Destination.Create(path, objects);
        write(destination.Stream);
        await destination.CommitAsync(stop).ConfigureAwait(false);
        return 0;
    }
}
