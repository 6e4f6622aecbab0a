using System.Reflection;
using ActorP2P.Microbenchmarks;
using BenchmarkDotNet.Attributes;

namespace ActorP2P.Benchmarks.Tests;

public class MicrobenchmarksTests
{
    private static readonly Type[] s_classes =
        [.. typeof(FrameCodecBenchmarks).Assembly.GetExportedTypes()
            .Where(type => Marked<BenchmarkAttribute>(type).Any())];

    public static TheoryData<string> Classes => new(s_classes.Select(type => type.Name));

    [Theory]
    [MemberData(nameof(Classes))]
    public async Task A_microbenchmark_runs(string name)
    {
        Type type = s_classes.Single(type => type.Name == name);
        object benchmark = Activator.CreateInstance(type)!;
        foreach (PropertyInfo property in type.GetProperties())
        {
            property.SetValue(benchmark, property.GetCustomAttribute<ParamsAttribute>()!.Values[0]);
        }

        await RunAsync<GlobalSetupAttribute>(benchmark);
        await RunAsync<BenchmarkAttribute>(benchmark);
        await RunAsync<GlobalCleanupAttribute>(benchmark);
    }

    [Fact]
    public void Lookups_find_known_ids_only()
    {
        SeenCacheBenchmarks cache = new();
        cache.Fill();

        Assert.Equal(1000, cache.FindKnown());
        Assert.Equal(0, cache.FindUnknown());
    }

    [Fact]
    public void Lanes_pass_on_every_message()
    {
        SendLanesBenchmarks lanes = new();

        Assert.Equal(96, lanes.OneQueue());
        Assert.Equal(96, lanes.NineQueues());
    }

    private static async Task RunAsync<TAttribute>(object benchmark)
        where TAttribute : Attribute
    {
        foreach (MethodInfo method in Marked<TAttribute>(benchmark.GetType()))
        {
            if (method.Invoke(benchmark, null) is Task task)
            {
                await task;
            }
        }
    }

    private static IEnumerable<MethodInfo> Marked<TAttribute>(Type type)
        where TAttribute : Attribute =>
        type.GetMethods().Where(method => method.GetCustomAttribute<TAttribute>() is not null);
}
