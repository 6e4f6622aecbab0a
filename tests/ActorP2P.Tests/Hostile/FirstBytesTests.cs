using System.Text;
using ActorP2P.Protocol;

namespace ActorP2P.Tests.Hostile;

/// <summary>What may arrive before a hello, and hellos that are refused.</summary>
[Collection(SocketsCollection.Name)]
public sealed class FirstBytesTests
{
    // This is the beginning of a TLS 1.3 ClientHello: record header, handshake header, version, and random bytes.
    private static readonly byte[] ClientHello =
    [
        0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, 0xfc, 0x03, 0x03, .. Enumerable.Range(1, 32)
            .Select(i => (byte)i), 0x20,
    ];

    [Theory, ClassData(typeof(AllNetworks))]
    public Task Garbage_is_told_that_this_is_not_its_protocol(Network network)
    {
        byte[] garbage = new byte[512];
        new Random(5).NextBytes(garbage);
        return RefusesAsync(network, garbage, DisconnectReason.NotThisProtocol);
    }

    [Theory, ClassData(typeof(AllNetworks))]
    public Task An_http_client_is_told_that_this_is_not_its_protocol(Network network) => RefusesAsync(
        network, Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"),
        DisconnectReason.NotThisProtocol);

    [Theory, ClassData(typeof(AllNetworks))]
    public Task A_tls_client_is_told_that_this_is_not_its_protocol(Network network) =>
        RefusesAsync(network, ClientHello, DisconnectReason.NotThisProtocol);

    [Theory, ClassData(typeof(AllNetworks))]
    public Task A_frame_of_unknown_kind_before_the_hello_is_refused(Network network) =>
        RefusesAsync(network, RawPeer.Frame((FrameKind)0x77, [1, 2, 3]), DisconnectReason.NotThisProtocol);

    [Theory, ClassData(typeof(AllNetworks))]
    public Task A_hello_without_a_payload_is_refused(Network network) =>
        RefusesAsync(network, RawPeer.Frame(FrameKind.Hello), DisconnectReason.InvalidLength);

    [Theory, ClassData(typeof(AllNetworks))]
    public Task A_hello_that_does_not_parse_is_refused(Network network) =>
        RefusesAsync(network, RawPeer.Frame(FrameKind.Hello, [0x0a, 0x7f, 0x01]), DisconnectReason.InvalidHello);

    [Theory, ClassData(typeof(AllNetworks))]
    public Task A_node_of_another_network_is_refused(Network network) =>
        RefusesAsync(network, hello => hello with { NetworkId = "other" }, DisconnectReason.WrongNetwork);

    [Theory, ClassData(typeof(AllNetworks))]
    public Task A_node_of_a_later_version_is_refused(Network network) =>
        RefusesAsync(
            network, hello => hello with { MinVersion = 900, MaxVersion = 901 }, DisconnectReason.UnsupportedVersion);

    [Theory, ClassData(typeof(AllNetworks))]
    public Task A_hello_with_the_nodes_own_nonce_is_a_self_connection(Network network) =>
        Arena.RunAsync(network, async arena =>
    {
        using RawPeer spy = await arena.DialReadyAsync();
        using RawPeer raw = await arena.DialAsync();

        await raw.HelloAsync(hello => hello with { Nonce = spy.NodeHello!.Nonce });

        await arena.ExpectRefusalAsync(raw, DisconnectReason.SelfConnection);
    });

    [Theory, ClassData(typeof(AllNetworks))]
    public Task A_first_frame_of_any_kind_but_hello_is_refused(Network network) =>
        Arena.RunAsync(network, async arena =>
    {
        foreach (byte[] frame in (byte[][])
        [
            RawPeer.Frame(FrameKind.HelloAck, RawPeer.Encode(RawPeer.CreateHello())),
            RawPeer.Frame(FrameKind.Ready),
            RawPeer.Frame(FrameKind.Ping, id: 1),
            RawPeer.Frame(FrameKind.Pong, id: 1),
            RawPeer.Frame(FrameKind.Credit, new byte[9]),
            RawPeer.Frame(FrameKind.Goodbye, [0, 1]),
            RawPeer.Frame(FrameKind.GoodbyeAck),
            RawPeer.Frame(FrameKind.Request, [65], RawPeer.Normal, Text.TypeCode, 1),
            RawPeer.Frame(FrameKind.Response, [65], RawPeer.Normal, Text.TypeCode, 1),
            RawPeer.Frame(FrameKind.Error, [0, 1], RawPeer.Normal, 0, 1),
            RawPeer.Frame(FrameKind.Cancel, id: 1),
            RawPeer.Frame(FrameKind.Reset, [0x10, 0, 0], id: 1),
            RawPeer.Frame(FrameKind.Notify, [65], RawPeer.Normal, Text.TypeCode, 1),
            RawPeer.Frame(FrameKind.Broadcast, Broadcasts.Body("x"), RawPeer.Normal, Text.TypeCode, 1),
        ])
        {
            using RawPeer raw = await arena.DialAsync();
            await raw.SendAsync(frame);
            await arena.ExpectRefusalAsync(raw, DisconnectReason.UnexpectedFrame);
        }
    });

    [Theory, ClassData(typeof(AllNetworks))]
    public Task A_second_hello_is_refused_before_ready_and_after(Network network) =>
        Arena.RunAsync(network, async arena =>
    {
        using RawPeer early = await arena.DialAsync();
        await early.HelloAsync();
        await early.HelloAsync();
        await arena.ExpectRefusalAsync(early, DisconnectReason.UnexpectedFrame);

        using RawPeer late = await arena.DialReadyAsync();
        await late.HelloAsync();
        await arena.ExpectRefusalAsync(late, DisconnectReason.UnexpectedFrame);
    });

    private static Task RefusesAsync(Network network, byte[] bytes, DisconnectReason reason) =>
        Arena.RunAsync(network, async arena =>
    {
        using RawPeer raw = await arena.DialAsync();
        await raw.SendAsync(bytes);
        await arena.ExpectRefusalAsync(raw, reason);
    });

    private static Task RefusesAsync(Network network, Func<Hello, Hello> change, DisconnectReason reason) =>
        RefusesAsync(
        network, RawPeer.Frame(FrameKind.Hello, RawPeer.Encode(change(RawPeer.CreateHello()))), reason);
}
