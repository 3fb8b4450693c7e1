namespace Millrace.Sources;

/// <summary>Finds the objects that an <c>s3://</c> source stands for.</summary>
sealed class BucketFiles(IObjectStore store, ReadAhead readAhead)
{
    /// <summary>A key that is written in full stands for that object alone; anything else for the objects that it is a prefix or glob of.</summary>
    public async Task<List<FoundFile>> FindAsync(string source, CancellationToken cancellationToken)
    {
        var address = ObjectAddress.Parse(source);
        var isGlob = GlobPattern.IsGlob(address.Key);
        var found = isGlob
            ? await FindByGlobAsync(address, cancellationToken).ConfigureAwait(false)
            : await FindByPrefixAsync(address, cancellationToken).ConfigureAwait(false);
        return found.Count > 0 ? found : throw new UserException(isGlob
            ? $"No object matches '{source}'. '*' stays within one folder; '**' reaches into those below."
            : $"No object in the bucket '{address.Bucket}' has a key that begins with '{address.Key}'.");
    }

    async Task<List<FoundFile>> FindByPrefixAsync(ObjectAddress address, CancellationToken cancellationToken)
    {
        var found = new List<FoundFile>();
        var folderLength = address.Key.LastIndexOf('/') + 1;
        await foreach (var stored in store.ListAsync(address.Bucket, address.Key, cancellationToken).ConfigureAwait(false))
        {
            if (stored.Key == address.Key)
            {
                // Keys come in order, so an object of just this key comes first.
                return [ToFile(address.Bucket, stored, isNamed: true, folderLength)];
            }

            // Only what was not written counts: whoever writes `_delta_log/` means it.
            if (!HiddenNames.IsHidden(stored.Key, address.Key.Length))
            {
                found.Add(ToFile(address.Bucket, stored, isNamed: false, address.Key.Length));
            }
        }

        return found;
    }

    async Task<List<FoundFile>> FindByGlobAsync(ObjectAddress address, CancellationToken cancellationToken)
    {
        var found = new List<FoundFile>();
        foreach (var pattern in GlobPattern.Parse(address.Key))
        {
            await foreach (var stored in store.ListAsync(address.Bucket, pattern.Prefix, cancellationToken).ConfigureAwait(false))
            {
                if (pattern.IsMatch(stored.Key[pattern.Root.Length..]))
                {
                    found.Add(ToFile(address.Bucket, stored, isNamed: false, pattern.Prefix.Length));
                }
            }
        }

        return found;
    }

    FoundFile ToFile(string bucket, StoredObject stored, bool isNamed, int foundFrom)
    {
        var name = new ObjectAddress(bucket, stored.Key).ToString();
        var foundFromInName = name.Length - stored.Key.Length + foundFrom;
        return new FoundFile(name, name, isNamed, IsLink: false, foundFromInName, () => new ObjectFile(store, bucket, stored, readAhead) { IsNamed = isNamed });
    }
}
