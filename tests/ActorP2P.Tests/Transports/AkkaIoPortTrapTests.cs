using System.Net;
using System.Net.Sockets;
using ActorP2P.Protocol;
using ActorP2P.Transport;
using ActorP2P.Transport.Tests;
using Akka.Event;
using Akka.IO;

namespace ActorP2P.Tests.Transports;

/// <summary>
/// Behaviours of Akka.IO with ports and accepts from which a node must be protected, each with its remedy.
/// </summary>
[Collection(SocketsCollection.Name)]
public sealed class AkkaIoPortTrapTests : TransportTest
{
    private static readonly PeerAddress Loopback = new("127.0.0.1", 0);
    private static readonly IPAddress s_otherLoopback = IPAddress.Parse("127.0.0.2");

    private readonly ConnectionSinks _sinks = new();

    [Fact]
    public async Task A_port_is_free_when_its_last_connection_has_ended()
    {
        AkkaIoTransport transport = CreateAkkaIo();
        (PeerAddress address, IDisposable listener, IConnection dialled, IConnection accepted) =
            await ConnectAsync(transport);
        listener.Dispose();

        // The listener accepts nothing: a connection is reset.
        SocketException reset = await Assert.ThrowsAsync<SocketException>(
            () => KnockAsync(address).WaitAsync(Waits.Guard));
        Assert.Equal(SocketError.ConnectionReset, reset.SocketErrorCode);
        dialled.Dispose();
        accepted.Dispose();

        using CancellationTokenSource guard = new(Waits.Guard);
        while (!await CanBeBoundAsync(address))
        {
            guard.Token.ThrowIfCancellationRequested();
        }
    }

    [Fact]
    public async Task A_bind_that_lost_an_accept_is_done_again_at_the_same_port()
    {
        List<EndPoint> binds = [];
        IActorRef tcp = Play((message, sender, self) =>
        {
            if (message is Tcp.Bind bind)
            {
                binds.Add(bind.LocalAddress);
                if (binds.Count == 1)
                {
                    System.EventStream.Publish(new UnhandledMessage("an accept", self, self));
                }

                sender.Tell(new Tcp.Bound(new IPEndPoint(IPAddress.Loopback, 4711)), self);
            }
            else if (message is Tcp.Unbind)
            {
                sender.Tell(Tcp.Unbound.Instance, self);
            }
        });
        using IDisposable listener = CreateAkkaIo(manager: tcp).Listen(Loopback, _sinks);

        Assert.Equal(new PeerAddress("127.0.0.1", 4711), await _sinks.Listening.WaitAsync(Waits.Guard));
        Assert.Equal([new IPEndPoint(IPAddress.Loopback, 0), new IPEndPoint(IPAddress.Loopback, 4711)], binds);
    }

    [Fact]
    public async Task Messages_that_others_leave_unhandled_do_not_repeat_a_bind()
    {
        int binds = 0;
        IActorRef tcp = Play((message, sender, self) =>
        {
            if (message is Tcp.Bind)
            {
                binds++;
                System.EventStream.Publish(new UnhandledMessage("something", sender, sender));
                sender.Tell(new Tcp.Bound(new IPEndPoint(IPAddress.Loopback, 4711)), self);
            }
            else if (message is Tcp.Unbind)
            {
                sender.Tell(Tcp.Unbound.Instance, self);
            }
        });
        using IDisposable listener = CreateAkkaIo(manager: tcp).Listen(Loopback, _sinks);
        await _sinks.Listening.WaitAsync(Waits.Guard);
        Assert.Equal(1, binds);
    }

    [Fact]
    public async Task Connects_during_a_bind_lose_no_accept()
    {
        AkkaIoTransport transport = CreateAkkaIo();
        using Socket free = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        free.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        int port = ((IPEndPoint)free.LocalEndPoint!).Port;
        free.Dispose();
        using CancellationTokenSource over = new();
        Task knocking = Task.Run(() => Knock(port, over.Token));
        for (int round = 0; round < 40; round++)
        {
            CountingAcceptSink sink = new();
            using IDisposable listener = transport.Listen(new PeerAddress("127.0.0.1", port), sink);
            await sink.Listening.WaitAsync(Waits.Guard);
            await sink.Reached(3).WaitAsync(Waits.Guard);
        }

        await over.CancelAsync();
        await knocking.WaitAsync(Waits.Guard);
    }

    [Fact]
    public async Task Repeated_accepts_are_reported_with_their_number()
    {
        TaskCompletionSource<IActorRef> port = new(TaskCreationOptions.RunContinuationsAsynchronously);
        IActorRef tcp = Play((message, sender, self) =>
        {
            switch (message)
            {
                case Tcp.Bind:
                    sender.Tell(new Tcp.Bound(new IPEndPoint(IPAddress.Loopback, 4711)), self);
                    break;
                case Tcp.SubscribeToTcpListenerStats subscription:
                    port.SetResult(subscription.Subscriber);
                    break;
                case Tcp.Unbind:
                    sender.Tell(Tcp.Unbound.Instance, self);
                    break;
            }
        });
        CountingAcceptSink sink = new();
        using IDisposable listener = CreateAkkaIo(manager: tcp).Listen(Loopback, sink);
        await sink.Listening.WaitAsync(Waits.Guard);
        foreach (long retried in (long[])[0, 5, 5, 12])
        {
            (await port.Task.WaitAsync(Waits.Guard)).Tell(
                new Tcp.TcpListenerStatistics { RetriedIncomingConnections = retried }, tcp);
        }

        Assert.Equal(
            ["5 accepts had to be repeated", "7 accepts had to be repeated"],
            sink.Errors.Select(error => error.Detail));
    }

    [Fact]
    public async Task A_listener_that_Akka_stops_is_bound_again_at_its_port()
    {
        CountingAcceptSink sink = new();
        using IDisposable listener = CreateAkkaIo().Listen(Loopback, sink);
        PeerAddress address = (await sink.Listening.WaitAsync(Waits.Guard))[0];
        System.ActorSelection("/system/IO-TCP/tcp-listener-*").Tell(PoisonPill.Instance);
        await sink.Failed.WaitAsync(Waits.Guard);

        await UntilAsync(() => CanConnect(address.Port));
        await sink.Accepted.WaitAsync(Waits.Guard);
    }

    private static async Task KnockAsync(PeerAddress address)
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Parse(address.Host), address.Port);
        await socket.ReceiveAsync(new byte[1]);
    }

    private async Task<bool> CanBeBoundAsync(PeerAddress address)
    {
        ConnectionSinks sinks = new();
        using IDisposable listener = Create(TransportKind.Sockets).Listen(address, sinks);
        return await Record.ExceptionAsync(() => sinks.Listening.WaitAsync(Waits.Guard)) is null;
    }

    private IActorRef Play(Action<object, IActorRef, IActorRef> script) =>
        System.ActorOf(Props.CreateBy(new ActorFactory(typeof(ScriptedTcp), () => new ScriptedTcp(script))));

    private static void Knock(int port, CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            // Between two listeners the port refuses connections.
            CanConnect(port);
        }
    }

    private static bool CanConnect(int port)
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

        // A socket without an address of its own may choose the port that it dials, and connect to itself.
        socket.Bind(new IPEndPoint(s_otherLoopback, 0));
        try
        {
            socket.Connect(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

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
