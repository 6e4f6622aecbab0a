using System.Net;
using System.Net.Sockets;
using ActorP2P.Protocol;
using ActorP2P.Transport;
using ActorP2P.Transport.Tests;
using Akka.Event;
using Akka.IO;

namespace ActorP2P.Tests.Transports;

/// <summary>
/// Behaviours of Akka.IO with dials and connections from which a node must be protected, each with its remedy.
/// </summary>
[Collection(SocketsCollection.Name)]
public sealed class AkkaIoTrapTests : TransportTest
{
    private static readonly PeerAddress Loopback = new("127.0.0.1", 0);

    private readonly ConnectionSinks _sinks = new();

    [Fact]
    public async Task A_dial_that_Akka_never_answers_ends_by_the_nodes_clock()
    {
        HeldTime time = new();
        IActorRef tcp = Play(static (_, _, _) => { });
        CreateAkkaIo(time: time, manager: tcp).Dial(new PeerAddress("127.0.0.1", 9), TimeSpan.FromSeconds(7), _sinks);
        await time.FireAsync(TimeSpan.FromSeconds(7));
        Assert.Equal(TransportFault.TimedOut, (await _sinks.DialFailed.WaitAsync(Waits.Guard)).Fault);
    }

    [Fact]
    public async Task A_connection_of_an_abandoned_dial_is_reset()
    {
        TaskCompletionSource<IActorRef> dialling = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource aborted = new(TaskCreationOptions.RunContinuationsAsynchronously);
        IActorRef tcp = Play((message, sender, self) =>
        {
            switch (message)
            {
                case Tcp.Connect:
                    dialling.SetResult(sender);
                    break;
                case Tcp.Abort:
                    sender.Tell(Tcp.Aborted.Instance, self);
                    aborted.SetResult();
                    break;
            }
        });
        IDisposable dial = CreateAkkaIo(manager: tcp).Dial(new PeerAddress("127.0.0.1", 9), Waits.Guard, _sinks);
        IActorRef commander = await dialling.Task.WaitAsync(Waits.Guard);
        dial.Dispose();
        Assert.Equal(TransportFault.Aborted, (await _sinks.DialFailed.WaitAsync(Waits.Guard)).Fault);

        commander.Tell(
            new Tcp.Connected(new IPEndPoint(IPAddress.Loopback, 9), new IPEndPoint(IPAddress.Loopback, 10)), tcp);
        await aborted.Task.WaitAsync(Waits.Guard);
    }

    [Fact]
    public async Task A_failed_dial_reports_the_same_fault_as_with_sockets()
    {
        // Nobody can connect to a broadcast address. The exact error depends on the system.
        PeerAddress nowhere = new("255.255.255.255", 9);
        ConnectionSinks sockets = new();
        Create(TransportKind.Sockets).Dial(nowhere, Waits.Guard, sockets);
        CreateAkkaIo().Dial(nowhere, Waits.Guard, _sinks);
        Assert.Equal(await sockets.DialFailed.WaitAsync(Waits.Guard), await _sinks.DialFailed.WaitAsync(Waits.Guard));
    }

    [Fact]
    public void The_text_of_an_error_maps_to_its_fault()
    {
        foreach (SocketError code in (SocketError[])[SocketError.ConnectionReset, SocketError.TimedOut,
            SocketError.HostUnreachable,
            SocketError.NetworkUnreachable, SocketError.ConnectionAborted, SocketError.Shutdown])
        {
            TransportError error = AkkaIoFaults.OfText(new SocketException((int)code).Message);
            Assert.Equal(SocketFaults.ToTransportError(code).Fault, error.Fault);
        }

        Assert.Equal(new TransportError(TransportFault.Other, "something new"), AkkaIoFaults.OfText("something new"));
    }

    [Fact]
    public async Task A_connection_ends_typed_with_its_listener()
    {
        TaskCompletionSource<IActorRef> bound = new(TaskCreationOptions.RunContinuationsAsynchronously);
        IActorRef[] listeners = [.. Enumerable.Range(0, 2).Select(_ => Play(static (message, sender, self) =>
        {
            if (message is Tcp.Unbind)
            {
                sender.Tell(Tcp.Unbound.Instance, self);
            }
        }))];
        IActorRef tcp = Play((message, sender, _) =>
        {
            sender.Tell(
                new Tcp.Bound(new IPEndPoint(IPAddress.Loopback, 4711)), listeners[bound.TrySetResult(sender) ? 0 : 1]);
        });
        AkkaIoTransport transport = CreateAkkaIo(manager: tcp);
        transport.Listen(Loopback, _sinks);
        IActorRef port = await bound.Task.WaitAsync(Waits.Guard);
        await _sinks.Listening.WaitAsync(Waits.Guard);
        port.Tell(
            new Tcp.Connected(new IPEndPoint(IPAddress.Loopback, 1), new IPEndPoint(IPAddress.Loopback, 4711)),
            Play(static (_, _, _) => { }));
        Task<OperationResult> receiving = new AwaitedEnd(
            await _sinks.Accepted.WaitAsync(Waits.Guard)).ReceiveAsync(new byte[1]);
        listeners[0].Tell(PoisonPill.Instance);

        Assert.Equal(TransportFault.Aborted, (await receiving.WaitAsync(Waits.Guard)).Error.Fault);
        await UntilAsync(() => transport.Connections == 0);
        await transport.DisposeAsync().AsTask().WaitAsync(Waits.Guard);
    }

    [Fact]
    public async Task Bytes_are_read_ahead_by_a_few_frames_at_most()
    {
        using TransportPair pair = await ConnectAsync(TransportKind.AkkaIo);
        AkkaIoConnection accepted = (AkkaIoConnection)pair.Accepted;
        Task<OperationResult> sending = new AwaitedEnd(pair.Dialled).SendAsync(new byte[32 << 20]);
        int frame = new AkkaIoSettings().FrameSize;
        await UntilAsync(() => accepted.Held >= frame && pair.Accepted.BytesWaiting > 4 * frame);
        Assert.InRange(accepted.Held, frame, 3 * frame);
        Assert.False(sending.IsCompleted);
    }

    [Fact]
    public async Task A_reset_delivers_the_bytes_read_before_and_ends_typed()
    {
        using TransportPair pair = await ConnectAsync(TransportKind.AkkaIo);
        AkkaIoConnection accepted = (AkkaIoConnection)pair.Accepted;
        _ = new AwaitedEnd(pair.Dialled).SendAsync(new byte[32 << 20]);
        await UntilAsync(() => accepted.Held >= new AkkaIoSettings().FrameSize);
        pair.Dialled.Abort();
        AwaitedEnd end = new(accepted);

        // The first send may still succeed. A later one meets the reset, and then Akka.IO drops what it has not read.
        while (!(await end.SendAsync(new byte[1]).WaitAsync(Waits.Guard)).IsFailed)
        {
            await Task.Yield();
        }

        int held = accepted.Held;
        (byte[] bytes, TransportFault fault) = await end.ReadToEndAsync().WaitAsync(Waits.Guard);
        Assert.Equal((held, TransportFault.Reset), (bytes.Length, fault));
    }

    [Fact]
    public async Task A_dispose_after_a_shutdown_does_not_wait_for_the_peer()
    {
        AkkaIoTransport transport = CreateAkkaIo();
        (_, IDisposable listener, IConnection dialled, IConnection accepted) = await ConnectAsync(transport);
        dialled.ShutdownSend();
        dialled.Dispose();
        AwaitedEnd end = new(accepted);
        await UntilAsync(() => transport.Connections == 1);
        await end.ReadToEndAsync().WaitAsync(Waits.Guard);
        accepted.Dispose();
        await UntilAsync(() => transport.Connections == 0);
        listener.Dispose();
    }

    [Fact]
    public async Task The_end_of_the_actor_system_ends_everything_typed()
    {
        AkkaIoTransport transport = CreateAkkaIo();
        (PeerAddress address, _, IConnection dialled, IConnection accepted) = await ConnectAsync(transport);
        using SilentPort silent = new();
        ConnectionSinks waiting = new();
        transport.Dial(silent.Address, TimeSpan.FromDays(1), waiting);
        Task<OperationResult> receiving = new AwaitedEnd(dialled).ReceiveAsync(new byte[1]);
        Task<OperationResult> sending = new AwaitedEnd(accepted).SendAsync(new byte[64 << 20]);

        await System.Terminate().WaitAsync(Waits.Guard);

        // Which of the two ends comes first depends on chance.
        Assert.Contains(
            (await receiving.WaitAsync(Waits.Guard)).Error.Fault,
            (TransportFault[])[TransportFault.Aborted, TransportFault.Reset, TransportFault.None]);
        Assert.True((await sending.WaitAsync(Waits.Guard)).IsFailed);
        Assert.Equal(TransportFault.Aborted, (await waiting.DialFailed.WaitAsync(Waits.Guard)).Fault);

        ConnectionSinks late = new();
        transport.Listen(address, late);
        TransportException failure = await Assert.ThrowsAsync<TransportException>(
            () => late.Listening.WaitAsync(Waits.Guard));
        Assert.Equal(TransportFault.Aborted, failure.Error.Fault);
        transport.Dial(address, Waits.Guard, late);
        Assert.Equal(TransportFault.Aborted, (await late.DialFailed.WaitAsync(Waits.Guard)).Fault);
    }

    [Fact]
    public async Task A_node_listens_in_a_system_of_a_single_thread()
    {
        ActorSystem system = ActorSystem.Create("single", """
            akka {
              loglevel = OFF
              stdout-loglevel = OFF
              actor.default-dispatcher {
                type = ForkJoinDispatcher
                dedicated-thread-pool { thread-count = 1, threadtype = background }
              }
            }
            """);
        P2PNodeServices environment = new() { ActorSystem = system };
        await using (P2PNode a = await P2PNode.StartAsync(new P2PNodeOptions(), EchoProtocol.Register, environment)
            .WaitAsync(Waits.Guard))
        await using (P2PNode b = await P2PNode.StartAsync(new P2PNodeOptions(), EchoProtocol.Register, environment)
            .WaitAsync(Waits.Guard))
        {
            Assert.Equal(
                "echo x", (await b.AskAsync<Text>(a.ListenAddresses[0], new Text("x")).WaitAsync(Waits.Guard)).Value);
        }

        await system.Terminate().WaitAsync(Waits.Guard);
    }

    [Fact]
    public void A_nodes_own_system_logs_nothing_that_Akka_IO_says()
    {
        LogFilterBase filter = AkkaIoLogFilter.Setup.Filters[0];
        Assert.Equal(LogFilterDecision.Drop, filter.ShouldKeepMessage(
            new Warning("[akka://actorp2p/system/IO-TCP/tcp-listener-0#1]", typeof(object), "Retriable socket error")));
        Assert.Equal(LogFilterDecision.NoDecision, filter.ShouldKeepMessage(
            new Warning("[akka://actorp2p/user/somebody#1]", typeof(object), "something")));
    }

    private IActorRef Play(Action<object, IActorRef, IActorRef> script) =>
        System.ActorOf(Props.CreateBy(new ActorFactory(typeof(ScriptedTcp), () => new ScriptedTcp(script))));

    private async Task<(PeerAddress, IDisposable Listener, IConnection Dialled, IConnection Accepted)> ConnectAsync(
        AkkaIoTransport transport)
    {
        IDisposable listener = transport.Listen(Loopback, _sinks);
        PeerAddress address = await _sinks.Listening.WaitAsync(Waits.Guard);
        transport.Dial(address, Waits.Guard, _sinks);
        return (address, listener, await _sinks.Dialled.WaitAsync(Waits.Guard),
            await _sinks.Accepted.WaitAsync(Waits.Guard));
    }
}
