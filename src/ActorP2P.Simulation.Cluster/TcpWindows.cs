using System.Buffers.Binary;
using System.Net.Sockets;

namespace ActorP2P.Simulation;

/// <summary>
/// Brings the windows of a world from member to member, over one TCP connection for each pair. A thread for each
/// connection receives, so that two members that send much to each other do not wait for one another.
/// </summary>
internal sealed class TcpWindows : IWindowTransport, IDisposable
{
    // The first bytes of a connection: what it is for, the run, and the number of the member that has dialled.
    private const ulong Magic = 0x31574D4953503241;
    private const int HelloSize = 20;

    private static readonly TimeSpan s_longestHello = TimeSpan.FromSeconds(5);

    private readonly WindowSocket?[] _members;

    private TcpWindows(WindowSocket?[] members) => _members = members;

    /// <summary>Connects with all other members: dials those before this one, and waits for those behind it.</summary>
    /// <param name="listener">Listens at this member's address.</param>
    /// <param name="run">The run. Connections of another one are closed.</param>
    /// <param name="own">The number of this member.</param>
    /// <param name="addresses">The addresses of all members, by their numbers.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="SocketException">A member cannot be reached.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static async Task<TcpWindows> ConnectAsync(
        TcpListener listener, ulong run, int own, IReadOnlyList<(string Host, int Port)> addresses,
        CancellationToken cancellationToken)
    {
        WindowSocket?[] members = new WindowSocket?[addresses.Count];
        TcpWindows windows = new(members);
        try
        {
            for (int number = 0; number < own; number++)
            {
                members[number] = await DialAsync(addresses[number], run, own, cancellationToken);
            }

            while (Array.Exists(members[(own + 1)..], static member => member is null))
            {
                Socket socket = await listener.AcceptSocketAsync(cancellationToken);
                int from = await ReadHelloAsync(socket, run, cancellationToken);
                if (from > own && from < members.Length && members[from] is null)
                {
                    members[from] = new WindowSocket(socket, $"member {from}");
                }
                else
                {
                    socket.Dispose();
                }
            }

            return windows;
        }
        catch
        {
            windows.Dispose();
            throw;
        }
    }

    public void Send(int part, ReadOnlyMemory<byte> message) => _members[part]!.Send(message);

    public ReadOnlyMemory<byte> Receive(int part) => _members[part]!.Receive();

    public void Dispose()
    {
        foreach (WindowSocket? member in _members)
        {
            member?.Dispose();
        }
    }

    private static async Task<WindowSocket> DialAsync(
        (string Host, int Port) address, ulong run, int own, CancellationToken cancellationToken)
    {
        Socket socket = new(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(address.Host, address.Port, cancellationToken);
            byte[] hello = new byte[HelloSize];
            BinaryPrimitives.WriteUInt64LittleEndian(hello, Magic);
            BinaryPrimitives.WriteUInt64LittleEndian(hello.AsSpan(8), run);
            BinaryPrimitives.WriteInt32LittleEndian(hello.AsSpan(16), own);
            await socket.SendAsync(hello, cancellationToken);
            return new WindowSocket(socket, $"{address.Host}:{address.Port}");
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Reads who has dialled; -1 for anything that is not a member of the run.</summary>
    private static async Task<int> ReadHelloAsync(Socket socket, ulong run, CancellationToken cancellationToken)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(s_longestHello);
        byte[] hello = new byte[HelloSize];
        try
        {
            using NetworkStream stream = new(socket, ownsSocket: false);
            await stream.ReadExactlyAsync(hello, limit.Token);
        }
        catch (Exception gone) when (gone is IOException || (gone is OperationCanceledException
            && !cancellationToken.IsCancellationRequested))
        {
            return -1;
        }

        return BinaryPrimitives.ReadUInt64LittleEndian(hello) == Magic
            && BinaryPrimitives.ReadUInt64LittleEndian(hello.AsSpan(8)) == run
                ? BinaryPrimitives.ReadInt32LittleEndian(hello.AsSpan(16))
                : -1;
    }
}
