using ActorP2P.Protocol;

namespace ActorP2P.Storage.Sqlite.Tests;

/// <summary>The parts that tests start as processes of their own, and kill.</summary>
internal static class Program
{
    private static Task<int> Main(string[] arguments) => arguments switch
    {
        ["write", var directory] => WriteAsync(directory),
        ["hold", var directory] => HoldAsync(directory),
        ["node", var directory] => RunNodeAsync(directory),
        _ => Task.FromResult(2),
    };

    /// <summary>
    /// Writes numbers until it is killed, each to two entries in one write, and says which numbers are written.
    /// </summary>
    private static async Task<int> WriteAsync(string directory)
    {
        await using SqlitePeerStore store = await SqlitePeerStore.OpenAsync(directory);
        for (int number = 1; ; number++)
        {
            byte[] bytes = BitConverter.GetBytes(number);
            await store.WriteAsync(
                [PeerStoreChange.Set("test", "one", bytes), PeerStoreChange.Set("test", "other", bytes)]);
            Console.WriteLine($"WRITTEN {number}");
        }
    }

    /// <summary>Keeps the directory locked until the input ends.</summary>
    private static async Task<int> HoldAsync(string directory)
    {
        await using SqlitePeerStore store = await SqlitePeerStore.OpenAsync(directory);
        Console.WriteLine("HOLDING");
        await Console.In.ReadToEndAsync();
        return 0;
    }

    /// <summary>Runs a node that bans the ids that it reads, one in a line.</summary>
    private static async Task<int> RunNodeAsync(string directory)
    {
        P2PNodeOptions options = new()
        {
            Transport = TransportKind.Sockets,
            IdentityFile = Path.Combine(directory, "key"),
            DataDirectory = Path.Combine(directory, "data"),
        };
        await using P2PNode node = await P2PNode.StartAsync(
            options, services: new P2PNodeServices { OpenStore = SqlitePeerStore.Opener() });
        Console.WriteLine($"LISTENING {node.ListenAddresses[0]}");
        while (await Console.In.ReadLineAsync() is { } id)
        {
            await node.BanAsync(NodeId.Parse(id), TimeSpan.FromHours(1), "a test");
            Console.WriteLine($"BANNED {id}");
        }

        return 0;
    }
}
