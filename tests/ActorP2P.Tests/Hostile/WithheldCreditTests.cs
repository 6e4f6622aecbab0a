using System.Buffers.Binary;
using ActorP2P.Protocol;

namespace ActorP2P.Tests.Hostile;

/// <summary>Peers that misuse credit: they grant none or too much, or they ignore it.</summary>
[Collection(SocketsCollection.Name)]
public sealed class WithheldCreditTests
{
    /// <summary>
    /// The peer reads everything and answers every ping; without a bound its senders would wait for ever.
    /// </summary>
    [Theory, ClassData(typeof(AllNetworks))]
    public Task A_peer_that_grants_no_credit_is_disconnected(Network network) =>
        Arena.RunAsync(
        network,
        async arena =>
        {
            (RawPeer raw, Peer peer) = await arena.DialAskableAsync(
                hello => hello with { CreditWindows = [256 << 10, 256 << 10, 256 << 10, 256 << 10] });
            Task reading = ReadAndPongAsync(raw);
            Task<SendResult>[] tells =
                [.. Enumerable.Range(0, 100)
                    .Select(_ => ExhaustionTests.TryTellAsync(arena.Node, peer, new byte[60_000]))];
            await arena.AssertHonestIsServedAsync();

            Disconnect end = await arena.EndOfAsync(raw);
            SendResult[] results = await Task.WhenAll(tells);

            Assert.Equal((DisconnectReason.NoCredit, DisconnectSide.Local), (end.Reason, end.Side));
            Assert.Equal([SendResult.Accepted, SendResult.NotConnected], results.Distinct().Order());
            await reading;
            raw.Dispose();
        },
        settings => network == Network.Memory ? settings
            : settings with { Session = settings.Session with { CreditTimeout = TimeSpan.FromSeconds(1) } });

    [Theory, ClassData(typeof(AllNetworks))]
    public Task Credit_of_2_to_the_63rd_is_refused_and_one_less_is_taken(Network network) =>
        Arena.RunAsync(network, async arena =>
    {
        (RawPeer generous, Peer peer) = await arena.DialAskableAsync();
        await generous.SendAsync(FrameKind.Credit, Credit(CreditClass.Notify, long.MaxValue));
        await Arena.AssertIsKeptAsync(generous);
        await arena.Node.TellAsync(peer, new Text("thanks"));
        await generous.ReadAsync(FrameKind.Notify);

        using RawPeer absurd = await arena.DialReadyAsync();
        await absurd.SendAsync(FrameKind.Credit, Credit(CreditClass.Notify, 1UL << 63));
        await arena.ExpectRefusalAsync(absurd, DisconnectReason.MalformedFrame);
        generous.Reset();
    });

    private static async Task ReadAndPongAsync(RawPeer raw)
    {
        while (await raw.ReadAsync() is { } frame)
        {
            if (frame.Kind == FrameKind.Ping)
            {
                await raw.SendAsync(FrameKind.Pong, id: frame.Header.Id);
            }
        }
    }

    private static byte[] Credit(CreditClass creditClass, ulong limit)
    {
        byte[] payload = new byte[1 + sizeof(ulong)];
        payload[0] = (byte)creditClass;
        BinaryPrimitives.WriteUInt64BigEndian(payload.AsSpan(1), limit);
        return payload;
    }
}
