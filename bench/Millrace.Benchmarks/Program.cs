using BenchmarkDotNet.Running;
using Millrace.Benchmarks;

if (args is ["inflate", var threads, .. var sources])
{
    return Inflate.Run(int.Parse(threads, System.Globalization.CultureInfo.InvariantCulture), sources);
}

BenchmarkSwitcher.FromAssembly(typeof(Inflate).Assembly).Run(args);
return 0;
