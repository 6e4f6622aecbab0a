using System.Diagnostics;
using System.Net;
using ActorP2P.Protocol;
using Akka.IO;

namespace ActorP2P.Benchmarks;

/// <summary>
/// The baseline of the transport Akka.IO: a bare connection of Akka.IO with the same frame size. An actor writes frames
/// that are put together by hand in 64 KiB, one acknowledged write at a time, and an actor at the other end counts
/// them.
/// </summary>
internal sealed class BareAkkaIo : EncryptedLink
{
    private const int BufferBytes = 64 * 1024;

    private readonly ActorSystem _system;
    private readonly IActorRef _sender;
    private readonly Counter _received;
    private readonly ByteString _filled;
    private readonly int _messages;
    private long _sent;

    private BareAkkaIo(ActorSystem system, IActorRef sender, Counter received, int size)
    {
        _system = system;
        _sender = sender;
        _received = received;
        int messageBytes = FrameHeader.Size + size;
        _messages = Math.Max(1, BufferBytes / messageBytes);
        byte[] filled = new byte[_messages * messageBytes];
        for (int i = 0; i < _messages; i++)
        {
            new FrameHeader((uint)size, FrameKind.Notify, (FrameFlags)Lane.Normal, RawPacket.TypeCode, 0)
                .Write(filled.AsSpan(i * messageBytes));
        }

        _filled = ByteString.FromBytes(filled);
    }

    /// <summary>Connects both ends.</summary>
    /// <param name="size">The bytes of a message.</param>
    public static async Task<BareAkkaIo> ConnectAsync(int size)
    {
        ActorSystem system = ActorSystem.Create("bare", "akka { loglevel = OFF, stdout-loglevel = OFF }");
        TcpSettings settings = TcpSettings.Create(system) with { MaxFrameSizeBytes = new AkkaIoSettings().FrameSize };
        Counter received = new();
        TaskCompletionSource<EndPoint> bound = new(TaskCreationOptions.RunContinuationsAsynchronously);
        system.ActorOf(Props.Create(() => new Receiver(settings, bound, received, FrameHeader.Size + size)));
        EndPoint listening = await bound.Task;
        TaskCompletionSource connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
        IActorRef sender = system.ActorOf(Props.Create(() => new Writer(settings, listening, connected)));
        await connected.Task;
        return new BareAkkaIo(system, sender, received, size);
    }

    /// <inheritdoc/>
    public override async Task<long> SendAsync(TimeSpan duration)
    {
        Order order = new(_filled, duration);
        _sender.Tell(order, ActorRefs.NoSender);
        long messages = await order.Writes.Task * _messages;
        _sent += messages;
        await _received.ReachAsync(_sent);
        return messages;
    }

    public override async ValueTask DisposeAsync() => await _system.Terminate();

    private sealed record Order(ByteString Bytes, TimeSpan Duration)
    {
        public long Start { get; } = Stopwatch.GetTimestamp();

        public TaskCompletionSource<long> Writes { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed class Writer : UntypedActor
    {
        private static readonly Acknowledgement s_acknowledgement = new();

        private readonly TaskCompletionSource _connected;
        private IActorRef _connection = ActorRefs.Nobody;
        private Order? _order;
        private long _writes;

        public Writer(TcpSettings settings, EndPoint target, TaskCompletionSource connected)
        {
            _connected = connected;
            Tcp.Manager(Context.System).Tell(new Tcp.Connect(target) { TcpSettings = settings });
        }

        protected override void OnReceive(object message)
        {
            switch (message)
            {
                case Tcp.Connected:
                    _connection = Sender;
                    _connection.Tell(new Tcp.Register(Self));
                    _connected.SetResult();
                    break;
                case Order order:
                    _order = order;
                    _writes = 0;
                    Write();
                    break;
                case Acknowledgement when Stopwatch.GetElapsedTime(_order!.Start) < _order.Duration:
                    Write();
                    break;
                case Acknowledgement:
                    _order!.Writes.SetResult(_writes);
                    break;
                default:
                    Unhandled(message);
                    break;
            }
        }

        private void Write()
        {
            _writes++;
            _connection.Tell(Tcp.Write.Create(_order!.Bytes, s_acknowledgement));
        }

        private sealed class Acknowledgement : Tcp.Event;
    }

    private sealed class Receiver : UntypedActor
    {
        private readonly TaskCompletionSource<EndPoint> _bound;
        private readonly Counter _received;
        private readonly int _messageBytes;
        private int _rest;

        public Receiver(TcpSettings settings, TaskCompletionSource<EndPoint> bound, Counter received, int messageBytes)
        {
            _bound = bound;
            _received = received;
            _messageBytes = messageBytes;
            Tcp.Manager(Context.System).Tell(
                new Tcp.Bind(Self, new IPEndPoint(IPAddress.Loopback, 0)) { TcpSettings = settings });
        }

        protected override void OnReceive(object message)
        {
            switch (message)
            {
                case Tcp.Bound bound:
                    _bound.SetResult(bound.LocalAddress);
                    break;
                case Tcp.Connected:
                    Sender.Tell(new Tcp.Register(Self));
                    break;
                case Tcp.Received received:
                    _rest += received.Data.Count;
                    _received.Add(_rest / _messageBytes);
                    _rest %= _messageBytes;
                    break;
                default:
                    Unhandled(message);
                    break;
            }
        }
    }
}
