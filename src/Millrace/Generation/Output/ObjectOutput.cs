using Millrace.Sources;

namespace Millrace.Generation.Output;

sealed class ObjectOutput(IObjectStore store, string bucket, string key) : GenerationOutput
{
    public override bool TakesManyFiles => key.Length == 0 || key.EndsWith('/');

    internal override string Name => $"s3://{bucket}/{key}";

    internal override GeneratedFile Open(string name) => new StagedObject(store, bucket, TakesManyFiles ? key + name : key);

    /// <summary>An object that grows in a temporary file, because a store takes it whole.</summary>
    sealed class StagedObject : GeneratedFile
    {
        readonly IObjectStore _store;
        readonly string _bucket;
        readonly string _key;
        readonly string _path;
        readonly LocalGeneratedFile _staged;

        public StagedObject(IObjectStore store, string bucket, string key)
        {
            (_store, _bucket, _key) = (store, bucket, key);
            _path = Path.Combine(Path.GetTempPath(), $"millrace-{Guid.NewGuid():N}-{Path.GetFileName(key)}");
            _staged = new LocalGeneratedFile(_path);
        }

        public override async Task CompleteAsync(CancellationToken cancellationToken)
        {
            await _staged.CompleteAsync(cancellationToken);
            using var content = File.OpenRead(_path);
            await _store.PutAsync(_bucket, _key, content, cancellationToken);
        }

        public override async ValueTask DisposeAsync()
        {
            await _staged.DisposeAsync();
            File.Delete(_path);
        }

        protected override ValueTask AppendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) =>
            _staged.WriteAsync(bytes, cancellationToken);
    }
}
