namespace Millrace.Aws;

/// <summary>What was being done when a request failed.</summary>
enum S3Action
{
    List,
    Read,
    Write,
    ReadLifecycle,
    WriteLifecycle,
}
