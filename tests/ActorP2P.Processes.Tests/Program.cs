namespace ActorP2P.Processes.Tests;

/// <summary>
/// The parts that tests start as processes of their own, because each takes something away from the whole process.
/// </summary>
internal static class Program
{
    private static Task<int> Main(string[] arguments) => arguments switch
    {
        ["descriptors", var transport] => DescriptorsPart.RunAsync(Enum.Parse<TransportKind>(transport)),
        ["memory"] => MemoryPart.RunAsync(),
        _ => Task.FromResult(2),
    };
}
