using System.Net;
using System.Net.Sockets;

namespace ActorP2P.Simulation.Tests;

/// <summary>The windows of a world over direct TCP connections.</summary>
public class TcpWindowsTests
{
    // Only a hang reaches it.
    private static readonly TimeSpan Guard = TimeSpan.FromMinutes(2);

    private static readonly Scenario s_scenario = Scenario.Parse("""
        simulation {
          duration = 10s, nodes = 12, topology.kind = ring, spread.members = 2
          broadcasts { bytes = 100 KiB }
          traffic { pause = 1s }
          expect { reach = 100%, answered = 100% }
        }
        """);

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public async Task The_trace_is_that_of_one_process(int members)
    {
        ScenarioResult alone = s_scenario.Run(1);
        TcpWindows[] windows = await ConnectAsync(members);

        IReadOnlyList<ScenarioResult> results = SpreadRun.Run(s_scenario, 1, members, part => windows[part]);

        Assert.Null(alone.Failure);
        Assert.All(results, result => Assert.Equal((null, alone.TraceHash), (result.Failure, result.TraceHash)));
        Array.ForEach(windows, static one => one.Dispose());
    }

    [Theory]
    [InlineData("lose", "so one was lost or doubled")]
    [InlineData("double", "so one was lost or doubled")]
    [InlineData("delay a segment", "came too late")]
    public async Task A_damaged_window_names_member_and_time(string damage, string said)
    {
        TcpWindows[] windows = await ConnectAsync(2);

        IReadOnlyList<ScenarioResult> results = SpreadRun.Run(
            s_scenario, 1, 2, part => part == 1 ? new DamagedWindows(windows[1], damage, 20) : windows[part]);

        Assert.Matches($@"member 1: .*{said}.* \(window \d+, virtual time 00:00:", results[0].Failure);
        Assert.All(results, static result => Assert.False(result.Passed));
        Array.ForEach(windows, static one => one.Dispose());
    }

    [Fact]
    public async Task A_lost_member_is_named()
    {
        TcpWindows[] windows = await ConnectAsync(3);

        IReadOnlyList<ScenarioResult> results = SpreadRun.Run(
            s_scenario, 1, 3, part => part == 2 ? new Dying(windows[2]) : windows[part]);

        Assert.Contains(
            results, static result => result.Failure!.Contains("member 2: the member is lost (window 3",
                StringComparison.Ordinal));
        Assert.All(results, static result => Assert.False(result.Passed));
        Array.ForEach(windows, static one => one.Dispose());
    }

    [Fact]
    public async Task Strangers_are_not_taken_for_members()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        Task<TcpWindows> connecting = TcpWindows.ConnectAsync(
            listener, 7, 0, [("127.0.0.1", port), ("127.0.0.1", 1)], CancellationToken.None);

        foreach (byte[] hello in (byte[][])[[], [1, 2, 3], new byte[20], Hello(run: 8, from: 1), Hello(7, 5)])
        {
            using TcpClient stranger = new();
            await stranger.ConnectAsync(IPAddress.Loopback, port).WaitAsync(Guard);
            NetworkStream stream = stranger.GetStream();
            await stream.WriteAsync(hello);
            stranger.Client.Shutdown(SocketShutdown.Send);
            Assert.Equal(0, await stream.ReadAsync(new byte[1]).AsTask().WaitAsync(Guard));
        }

        Assert.False(connecting.IsCompleted);
        using TcpClient member = new();
        await member.ConnectAsync(IPAddress.Loopback, port).WaitAsync(Guard);
        await member.GetStream().WriteAsync(Hello(7, 1));
        (await connecting.WaitAsync(Guard)).Dispose();
    }

    private static byte[] Hello(ulong run, int from) =>
        [.. "A2PSIMW1"u8.ToArray(), .. BitConverter.GetBytes(run), .. BitConverter.GetBytes(from)];

    private static async Task<TcpWindows[]> ConnectAsync(int members)
    {
        TcpListener[] listeners = [.. Enumerable.Range(0, members).Select(static _ =>
        {
            TcpListener listener = new(IPAddress.Loopback, 0);
            listener.Start();
            return listener;
        })];
        (string, int)[] addresses = [.. listeners.Select(
            static listener => ("127.0.0.1", ((IPEndPoint)listener.LocalEndpoint).Port))];
        TcpWindows[] windows = await Task.WhenAll(listeners.Select((listener, own) => TcpWindows.ConnectAsync(
            listener, 1, own, addresses, CancellationToken.None))).WaitAsync(Guard);
        Array.ForEach(listeners, static listener => listener.Dispose());
        return windows;
    }

    /// <summary>A member whose connections close after three windows.</summary>
    private sealed class Dying(TcpWindows inner) : IWindowTransport
    {
        private int _sent;

        public void Send(int part, ReadOnlyMemory<byte> message)
        {
            if (_sent++ == 6)
            {
                inner.Dispose();
            }

            inner.Send(part, message);
        }

        public ReadOnlyMemory<byte> Receive(int part) => inner.Receive(part);
    }
}
