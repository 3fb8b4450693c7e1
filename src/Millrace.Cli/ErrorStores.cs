using Millrace.Aws;
using Millrace.Errors;
using Millrace.Errors.Store;
using Millrace.Sources;

namespace Millrace.Cli;

/// <summary>Error stores as the command line and the settings name them.</summary>
static class ErrorStores
{
    /// <summary>What an option that names one says in a command's help.</summary>
    public const string Help = "A file that keeps errors, or dynamodb:TABLE [default: errors.store in millrace.json]";

    /// <summary>What to say where there is none.</summary>
    public const string HowToName = "Name one with --store FILE or --store dynamodb:TABLE, or in millrace.json: {\"errors\": {\"store\": \"errors.db\"}}.";

    const string DynamoPrefix = "dynamodb:";

    /// <summary>What the settings say of errors. The store's path counts from their file.</summary>
    public static ErrorSettings SettingsIn(Settings settings)
    {
        var errors = settings.Section("errors") is { } section ? ErrorSettings.Parse(section, settings.Path!) : ErrorSettings.None;
        return errors.Store is { } store && !IsTable(store) ? errors with { Store = settings.Resolve(store) } : errors;
    }

    /// <summary>Opens a store.</summary>
    /// <param name="name">A file, or <c>dynamodb:TABLE</c>.</param>
    /// <param name="creates">True to make one where there is none.</param>
    /// <param name="stop">Ends a wait for a network.</param>
    public static async Task<IErrorStore> OpenAsync(string name, bool creates, CancellationToken stop)
    {
        if (name == DynamoPrefix || ObjectAddress.IsAddress(name))
        {
            throw new UserException($"'{name}' is no error store. Expected a file or dynamodb:TABLE.", UserException.Usage);
        }

        return IsTable(name)
            ? await DynamoErrorStore.OpenAsync(new DynamoOptions(name[DynamoPrefix.Length..]), creates, stop).ConfigureAwait(false)
            : SqliteErrorStore.Open(name, creates);
    }

    static bool IsTable(string name) => name.StartsWith(DynamoPrefix, StringComparison.Ordinal);
}
