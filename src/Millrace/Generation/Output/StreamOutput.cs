namespace Millrace.Generation.Output;

sealed class StreamOutput(Stream stream) : GenerationOutput
{
    public override bool TakesManyFiles => false;

    internal override string Name => "the output stream";

    internal override GeneratedFile Open(string name) => new Pipe(stream);

    sealed class Pipe(Stream stream) : GeneratedFile
    {
        public override Task FlushAsync(CancellationToken cancellationToken) => stream.FlushAsync(cancellationToken);

        public override Task CompleteAsync(CancellationToken cancellationToken) => stream.FlushAsync(cancellationToken);

        public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

        protected override ValueTask AppendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) =>
            stream.WriteAsync(bytes, cancellationToken);
    }
}
