using Millrace.Aws;
using Millrace.Errors.Store;
using Millrace.Sources;

namespace Millrace.App;

/// <summary>Error stores by their names: a file, or <c>dynamodb:TABLE</c>.</summary>
public static class ErrorStores
{
    /// <summary>What to say where no store is named.</summary>
    public const string HowToName =
        "Name one with --store FILE or --store dynamodb:TABLE, or in millrace.json: {\"errors\": {\"store\": \"errors.db\"}}.";

    const string DynamoPrefix = "dynamodb:";

    /// <summary>True where a name is that of a table rather than of a file.</summary>
    public static bool IsTable(string name) => name.StartsWith(DynamoPrefix, StringComparison.Ordinal);

    /// <summary>Opens a store.</summary>
    /// <param name="name">A file, or <c>dynamodb:TABLE</c>.</param>
    /// <param name="creates">True to make one where there is none.</param>
    /// <param name="cancellationToken">Ends a wait for a network.</param>
    internal static async Task<IErrorStore> OpenAsync(string name, bool creates, CancellationToken cancellationToken)
    {
        if (name == DynamoPrefix || ObjectAddress.IsAddress(name))
        {
            throw new UserException($"'{name}' is not an error store. Expected a file or dynamodb:TABLE.", UserException.Usage);
        }

        return IsTable(name)
            ? await DynamoErrorStore.OpenAsync(new DynamoOptions(name[DynamoPrefix.Length..]), creates, cancellationToken).ConfigureAwait(false)
            : SqliteErrorStore.Open(name, creates);
    }
}
