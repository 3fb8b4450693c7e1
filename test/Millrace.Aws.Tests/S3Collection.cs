namespace Millrace.Aws.Tests;

/// <summary>These tests share one server and the environment's credentials, so they take turns.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class S3Collection : ICollectionFixture<S3Server>
{
    public const string Name = "S3";
}
