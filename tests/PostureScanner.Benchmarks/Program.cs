using BenchmarkDotNet.Running;
using PostureScanner.Benchmarks;

BenchmarkSwitcher.FromAssembly(typeof(ScanBenchmark).Assembly).Run(args);
