using Millrace.Errors.Store;

namespace Millrace.Cli;

/// <summary>Error stores as the command line names them.</summary>
static class ErrorStores
{
    /// <summary>What an option that names one says in a command's help.</summary>
    public const string Help = "A file that keeps errors";

    /// <summary>Opens a store.</summary>
    /// <param name="name">A file.</param>
    /// <param name="creates">True to make one where there is none.</param>
    /// <param name="stop">Ends it all.</param>
    public static Task<IErrorStore> OpenAsync(string name, bool creates, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        return Task.FromResult<IErrorStore>(SqliteErrorStore.Open(name, creates));
    }
}
