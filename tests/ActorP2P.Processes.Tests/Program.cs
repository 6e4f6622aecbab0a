namespace ActorP2P.Processes.Tests;

/// <summary>What a test starts as a process of its own: a part that takes something from the whole process.</summary>
internal static class Program
{
    private static Task<int> Main(string[] arguments) => arguments switch
    {
        ["descriptors", var transport] => DescriptorsPart.RunAsync(Enum.Parse<TransportKind>(transport)),
        ["memory"] => MemoryPart.RunAsync(),
        _ => Task.FromResult(2),
    };
}
