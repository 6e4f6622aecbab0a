using System.Reflection;
using ActorP2P.Microbenchmarks;
using BenchmarkDotNet.Running;

// A word is a part of a benchmark's name; options of BenchmarkDotNet are passed on unchanged.
string[] arguments = args is [] ? ["--filter", "*"]
    : args[0].StartsWith('-') ? args
    : ["--filter", .. args.Select(word => $"*{word}*")];
BenchmarkSwitcher.FromAssembly(Assembly.GetExecutingAssembly()).Run(arguments, new ShortRuns());
