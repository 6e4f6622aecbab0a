using ActorP2P.Protocol;

namespace ActorP2P.Processes.Tests;

/// <summary>A node in a process with a limited heap. It answers until its input ends.</summary>
internal static class MemoryPart
{
    public static async Task<int> RunAsync()
    {
        await using P2PNode node = await P2PNode.StartAsync(new P2PNodeOptions(), protocol => protocol
            .OnRequest<Blob, Blob>((request, _) => new Blob([(byte)(request.Bytes.Length % 251)])));
        Console.WriteLine($"LISTENING {node.ListenAddresses[0]}");
        await Console.In.ReadLineAsync();
        Console.WriteLine($"HEAP {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes}");
        return 0;
    }
}
