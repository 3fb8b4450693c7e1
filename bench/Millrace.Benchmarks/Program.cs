using System.Globalization;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Millrace.Benchmarks;

if (args is ["inflate", var threads, .. var sources])
{
    return Inflate.Run(int.Parse(threads, CultureInfo.InvariantCulture), sources);
}

if (args is ["formats", .. var names])
{
    return FormatThroughput.Run(names);
}

if (args is ["templates", .. var logs])
{
    TemplateThroughput.Run(logs);
    return 0;
}

// In this process: the parsers are compiled as they are in the command line, and nothing is restored or built for a run.
var config = DefaultConfig.Instance
    .AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance).AsMutator())
    .AddColumn(Throughput.Bytes, Throughput.Lines);
BenchmarkSwitcher.FromAssembly(typeof(Inflate).Assembly).Run(args, config);
return 0;
