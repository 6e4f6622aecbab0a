using System.Net;
using System.Net.Sockets;
using ActorP2P.Protocol;
using ActorP2P.Transport;

namespace ActorP2P.Processes.Tests;

/// <summary>
/// A node has no free descriptor left in its process while a peer connects; afterwards descriptors are available again.
/// </summary>
internal static class DescriptorsPart
{
    private const int PoolThreads = 16;

    public static async Task<int> RunAsync(TransportKind transport)
    {
        StartThreads();
        await using P2PNode node = await P2PNode.StartAsync(new P2PNodeOptions { Transport = transport }, Register);
        await AskAsync(node, transport);
        using NodeEvents events = node.Events();
        using var early = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        AcceptFailed failed;
        using (OpenFilesLimit.Exhaust())
        {
            await early.ConnectAsync(IPAddress.Loopback, node.ListenAddresses[0].Port);
            failed = await events.ReadAsync<AcceptFailed>();
        }

        Console.WriteLine($"FAULT {failed.Fault}");
        await AskAsync(node, transport);
        Console.WriteLine("ACCEPTED");
        return failed.Fault == TransportFault.TooManyOpenFiles ? 0 : 1;
    }

    private static void Register(ProtocolBuilder protocol) => protocol.OnRequest<Blob, Blob>((request, _) => request);

    private static async Task AskAsync(P2PNode node, TransportKind transport)
    {
        await using P2PNode client = await P2PNode.StartAsync(
            new P2PNodeOptions { Listen = null, Transport = transport });
        Peer peer = await client.ConnectAsync(node.ListenAddresses[0]);
        await client.AskAsync<Blob>(peer, new Blob([1]));
    }

    /// <summary>
    /// The runtime needs a pipe to start a thread and ends the process when its pool cannot have one. Therefore all
    /// threads that the part needs are started while descriptors are still free.
    /// </summary>
    private static void StartThreads()
    {
        ThreadPool.SetMinThreads(PoolThreads, PoolThreads);
        using Barrier all = new(PoolThreads + 1);
        for (int i = 0; i < PoolThreads; i++)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static barrier => barrier.SignalAndWait(), all, preferLocal: false);
        }

        all.SignalAndWait();
    }
}
