using Millrace.Aws;
using Millrace.Errors.Store;

namespace Millrace.Cli;

/// <summary>Error stores as the command line names them.</summary>
static class ErrorStores
{
    /// <summary>What an option that names one says in a command's help.</summary>
    public const string Help = "A file that keeps errors, or dynamodb:TABLE";

    const string DynamoPrefix = "dynamodb:";

    /// <summary>Opens a store.</summary>
    /// <param name="name">A file, or <c>dynamodb:TABLE</c>.</param>
    /// <param name="creates">True to make one where there is none.</param>
    /// <param name="stop">Ends a wait for a network.</param>
    public static async Task<IErrorStore> OpenAsync(string name, bool creates, CancellationToken stop) => name.StartsWith(DynamoPrefix, StringComparison.Ordinal)
        ? await DynamoErrorStore.OpenAsync(new DynamoOptions(name[DynamoPrefix.Length..]), creates, stop).ConfigureAwait(false)
        : SqliteErrorStore.Open(name, creates);
}
